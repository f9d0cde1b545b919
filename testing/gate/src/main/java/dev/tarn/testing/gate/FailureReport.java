package dev.tarn.testing.gate;

import dev.tarn.testing.gate.TestNote.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What failed in a run of the gate, and the command that runs just that: ten lines at most. */
final class FailureReport {
    private static final int SHOWN = 3;
    private static final int WIDTH = 160;
    /** {@code [ERROR] Failed to execute goal G:V:goal (id) on project P: reason} */
    private static final Pattern GOAL =
            Pattern.compile("\\[ERROR] Failed to execute goal (\\S+) .*?on project (\\S+?): (.*)");

    private final TestRun run;
    private final Path root;

    FailureReport(TestRun run, Path root) {
        this.run = run;
        this.root = root;
    }

    String text() {
        List<TestNote> failures = run.failures();
        List<String> lines = new ArrayList<>();
        if (failures.isEmpty()) {
            lines.addAll(goal());
        } else {
            lines.add("FAILED: " + failures.size() + (failures.size() == 1 ? " test." : " tests."));
            for (TestNote failure : failures.subList(0, Math.min(SHOWN, failures.size()))) {
                lines.add("  " + shortened(what(failure)));
                lines.add("    run just that: " + command(failure));
            }
            if (failures.size() > SHOWN) {
                lines.add("  … and " + (failures.size() - SHOWN) + " more: grep -h FAILED target/test-times/*/*.tsv");
            }
        }
        return "\n" + String.join("\n", lines) + "\n";
    }

    private static String what(TestNote failure) {
        String name = failure.simpleType() + (failure.test().isEmpty() ? "" : "." + failure.test());
        return failure.kind() == Kind.STARTED
                ? name + ": the JVM ended in it, or was ended"
                : name + ": " + failure.reason();
    }

    private String command(TestNote failure) {
        String method = failure.test().split(" ", 2)[0];
        String test = failure.simpleType().replace('$', '*') + (method.isEmpty() ? "" : "#" + method);
        Path module = folder(failure.module()).orElse(Path.of("."));
        if (failure.simpleType().matches(".*IT(\\$.*)?")) {
            return "make program && ./mvnw verify -Das-built -pl testing/gate,testing/fixtures," + module
                    + " -Dit.test=" + test;
        }
        return "./mvnw test -pl " + module + " -am -Dtest=" + test + " -Dsurefire.failIfNoSpecifiedTests=false";
    }

    /** What failed where it was no test, as Maven's log says it. */
    private List<String> goal() {
        Path log = root.resolve("target/gate.log");
        if (Files.exists(log)) {
            for (String line : TestRun.lines(log)) {
                Matcher goal = GOAL.matcher(line);
                if (goal.find()) {
                    String module = folder(goal.group(2)).map(Path::toString).orElse(":" + goal.group(2));
                    return List.of(
                            "FAILED: " + goal.group(1) + " of " + module + ": " + shortened(goal.group(3)),
                            "    run just that: ./mvnw verify "
                                    + (goal.group(1).contains(":test") ? "" : "-DskipTests ") + "-am -pl " + module);
                }
            }
        }
        return List.of("FAILED before any test; the lines above say why. The whole log is target/gate.log");
    }

    /** Where the module of this artifact id lies. */
    private Optional<Path> folder(String artifact) {
        return Modules.of(root).folder(artifact);
    }

    private static String shortened(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
    }
}
