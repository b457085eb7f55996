#!/usr/bin/env bash
# Checks once, writes the findings three times: for the annotations, for the summary page and, if wanted, as SARIF.
# Reads DATA, SHAPES, FAIL_ON, BASELINE and SARIF from the environment; exits as `mandategraph validate` does.
set -uo pipefail

read -r -a data <<< "${DATA:-}"
read -r -a shapes <<< "${SHAPES:-}"
options=(--fail-on "${FAIL_ON:-violation}")
for file in "${shapes[@]}"; do options+=("--shapes=$file"); done
if [ -n "${BASELINE:-}" ]; then options+=("--baseline=$BASELINE"); fi

check() { mandategraph validate "${options[@]}" "$@" "${data[@]}"; }

check --format github
code=$?
if [ "$code" -gt 1 ]; then exit "$code"; fi
check --format md --output "${GITHUB_STEP_SUMMARY:-/dev/null}"
if [ -n "${SARIF:-}" ]; then check --format sarif --output "$SARIF"; fi
if [ "$code" -eq 0 ]; then conforms=true; else conforms=false; fi
echo "conforms=$conforms" >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
