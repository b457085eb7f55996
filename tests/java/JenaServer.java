import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Dataset;
import org.apache.jena.tdb2.TDB2Factory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.update.UpdateAction;

/** A SPARQL 1.1 server for tests: Jena ARQ over a transactional TDB2 dataset in memory, on loopback. Its first line of
 * output is its port. /sparql is for queries, /update for updates, /data for the graph store protocol. */
public final class JenaServer {
    private static final Dataset DATA = TDB2Factory.createDataset();

    public static void main(String[] given) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/sparql", exchange -> answer(exchange, JenaServer::query));
        server.createContext("/update", exchange -> answer(exchange, JenaServer::update));
        server.createContext("/data", exchange -> answer(exchange, JenaServer::graph));
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private interface Handler {
        void handle(HttpExchange exchange, byte[] body, Map<String, String> values) throws IOException;
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            handler.handle(exchange, body, values(exchange, body));
        } catch (QueryParseException error) {
            send(exchange, 400, "text/plain", error.getMessage().getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException error) {
            send(exchange, 500, "text/plain", String.valueOf(error).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void query(HttpExchange exchange, byte[] body, Map<String, String> values) throws IOException {
        Query query = QueryFactory.create(values.get("query"));
        for (String name : values.getOrDefault("default-graph-uri", "").split(" ")) {
            if (!name.isEmpty()) query.addGraphURI(name);
        }
        for (String name : values.getOrDefault("named-graph-uri", "").split(" ")) {
            if (!name.isEmpty()) query.addNamedGraphURI(name);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String kind = "application/sparql-results+json";
        DATA.begin(ReadWrite.READ);
        try (QueryExecution run = QueryExecutionFactory.create(query, DATA)) {
            if (query.isAskType()) {
                ResultSetFormatter.outputAsJSON(out, run.execAsk());
            } else if (query.isSelectType()) {
                ResultSetFormatter.outputAsJSON(out, run.execSelect());
            } else {
                kind = "text/turtle";
                RDFDataMgr.write(out, query.isConstructType() ? run.execConstruct() : run.execDescribe(), Lang.TURTLE);
            }
        } finally {
            DATA.end();
        }
        send(exchange, 200, kind, out.toByteArray());
    }

    private static void update(HttpExchange exchange, byte[] body, Map<String, String> values) throws IOException {
        String text = values.containsKey("update") ? values.get("update") : new String(body, StandardCharsets.UTF_8);
        DATA.begin(ReadWrite.WRITE);
        try {
            UpdateAction.parseExecute(text, DATA);
            DATA.commit();
        } finally {
            DATA.end();
        }
        send(exchange, 204, "text/plain", new byte[0]);
    }

    private static void graph(HttpExchange exchange, byte[] body, Map<String, String> values) throws IOException {
        String name = values.get("graph");
        String method = exchange.getRequestMethod();
        Graph sent = GraphFactory.createDefaultGraph();
        if (method.equals("PUT") || method.equals("POST")) {
            RDFDataMgr.read(sent, new java.io.ByteArrayInputStream(body), Lang.NTRIPLES);
        }
        DATA.begin(ReadWrite.WRITE);
        try {
            if (method.equals("PUT") || method.equals("DELETE")) {
                DATA.asDatasetGraph().removeGraph(NodeFactory.createURI(name));
            }
            sent.find().forEachRemaining(
                one -> DATA.asDatasetGraph().getGraph(NodeFactory.createURI(name)).add(one));
            DATA.commit();
        } finally {
            DATA.end();
        }
        send(exchange, 204, "text/plain", new byte[0]);
    }

    private static Map<String, String> values(HttpExchange exchange, byte[] body) {
        Map<String, String> found = new HashMap<>();
        String kind = exchange.getRequestHeaders().getFirst("Content-Type");
        String raw = exchange.getRequestURI().getRawQuery();
        String form = kind != null && kind.startsWith("application/x-www-form-urlencoded")
            ? new String(body, StandardCharsets.UTF_8) : "";
        for (String pair : ((raw == null ? "" : raw) + "&" + form).split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                found.merge(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8), (one, other) -> one + " " + other);
            }
        }
        return found;
    }

    private static void send(HttpExchange exchange, int status, String kind, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", kind + "; charset=utf-8");
        exchange.sendResponseHeaders(status, status == 204 ? -1 : content.length);
        if (status != 204) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }
}
