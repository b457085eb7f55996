// What Jena's SHACL takes: `ShaclByJena DATA SHAPES` prints seconds, megabytes and the number of results.

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;

public class ShaclByJena {
    public static void main(String[] files) throws Exception {
        long start = System.nanoTime();
        Graph data = RDFDataMgr.loadGraph(files[0]);
        Shapes shapes = Shapes.parse(RDFDataMgr.loadGraph(files[1]));
        long loaded = System.nanoTime();
        ValidationReport report = ShaclValidator.get().validate(shapes, data);
        long done = System.nanoTime();
        System.out.printf(Locale.ROOT, "{\"load\": %.3f, \"check\": %.3f, \"peak\": %.1f, \"found\": %d}%n",
            (loaded - start) / 1e9, (done - loaded) / 1e9, peak(), report.getEntries().size());
    }

    /** The largest memory of this process so far, in megabytes, as Linux counts it. */
    private static double peak() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("VmHWM:")) return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
        return 0;
    }
}
