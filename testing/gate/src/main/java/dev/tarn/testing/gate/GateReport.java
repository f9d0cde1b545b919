package dev.tarn.testing.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The last lines of the gate: where its time went, and what failed in it. Run as {@code GateReport ROOT}, with what the
 * gate knows of itself in the environment: {@code GATE_SECONDS} that it took, {@code GATE_STATUS} that Maven ended with,
 * {@code GATE_LOAD}, the load of the machine before it began; all of them may be absent.
 */
public final class GateReport {
    private static final int SLOWEST = 25;
    private static final Duration BUDGET = Duration.ofMinutes(25);
    private static final Duration BUDGET_BESIDE_OTHERS = Duration.ofMinutes(30);
    /** A machine with more than this to do already has load. */
    private static final double LOAD = 1;

    private final Path root;
    private final TestRun run;

    private GateReport(Path root) {
        this.root = root;
        this.run = TestRun.newest(root.resolve("target/test-times"));
    }

    /**
     * Prints the report.
     *
     * @param arguments the checkout
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        GateReport report = new GateReport(root);
        String text = report.times() + report.fullRun() + budget(variable("GATE_SECONDS"), variable("GATE_LOAD"));
        Files.writeString(Files.createDirectories(root.resolve("target")).resolve("test-times.txt"), text);
        System.out.print(text);
        if (variable("GATE_STATUS") != 0) {
            System.out.print(new FailureReport(report.run, root).text());
        }
    }

    private static double variable(String name) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? 0 : Double.parseDouble(value);
    }

    /** The slowest classes, and the sum of each module. */
    String times() {
        StringBuilder text = new StringBuilder();
        text.append("\nThe slowest test classes (CPU: of the whole machine meanwhile, in seconds)\n");
        text.append(row("wall s", "CPU s", "tests", "class"));
        for (TestNote note : run.slowestClasses(SLOWEST)) {
            text.append(row(
                    seconds(note.wallMillis()),
                    seconds(note.busyMillis()),
                    Long.toString(run.tests(note.type())),
                    note.simpleType() + " (" + note.module() + ")"));
        }
        text.append("\nTests by module (those that overlap each count the whole machine's CPU)\n");
        text.append(row("wall s", "CPU s", "tests", "module"));
        for (String module : run.modules()) {
            text.append(row(
                    seconds(run.wallMillis(module)),
                    seconds(run.busyMillis(module)),
                    Long.toString(run.tests(module, false)),
                    module));
        }
        return text.toString();
    }

    /** How old the last full run is. */
    String fullRun() throws IOException {
        return "\n" + new FullRuns(root).age() + "\n";
    }

    /** A warning if the gate took longer than it may. */
    static String budget(double seconds, double load) {
        Duration budget = load > LOAD ? BUDGET_BESIDE_OTHERS : BUDGET;
        if (seconds == 0) {
            return "";
        }
        String took = "The gate took " + minutes(Math.round(seconds)) + "; its limit is " + budget.toMinutes() + " min"
                + (load > LOAD ? String.format(Locale.ROOT, " at a load of %.1f", load) : "") + ".";
        return seconds <= budget.toSeconds()
                ? took + "\n"
                : "WARNING: " + took + " Move what is long by nature to the full run, see CONTRIBUTING.md.\n";
    }

    private static String minutes(long seconds) {
        return seconds / 60 + " min " + seconds % 60 + " s";
    }

    private static String row(String wall, String cpu, String tests, String name) {
        return String.format(Locale.ROOT, "%8s %8s %6s  %s%n", wall, cpu, tests, name);
    }

    private static String seconds(long millis) {
        return millis < 0 ? "-" : String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }
}
