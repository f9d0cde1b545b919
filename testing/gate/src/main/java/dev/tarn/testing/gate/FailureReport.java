package dev.tarn.testing.gate;

import dev.tarn.testing.gate.TestNote.Kind;
import java.io.IOException;
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
    private static final String ALL = "target/test-failures.txt";
    /** {@code [ERROR] Failed to execute goal G:plugin:V:goal (id) on project P: reason}; without a goal for what it needs. */
    private static final Pattern GOAL =
            Pattern.compile("\\[ERROR] Failed to execute goal (?:(\\S+) .*?)?on project (\\S+?): (.*)");

    private final TestRun run;
    private final Path root;

    FailureReport(TestRun run, Path root) {
        this.run = run;
        this.root = root;
    }

    String text() throws IOException {
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
                lines.add("  … and " + (failures.size() - SHOWN) + " more, in " + ALL);
            }
            Files.write(
                    root.resolve(ALL),
                    failures.stream()
                            .map(failure -> what(failure) + "\n    run just that: " + command(failure))
                            .toList());
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
        String type = failure.simpleType().replace('$', '*');
        Path module = folder(failure.module()).orElse(Path.of("."));
        if (failure.simpleType().matches(".*IT(\\$.*)?")) {
            // The whole class: its later tests go on from what the earlier ones have made.
            return productTests(module.toString()) + " -Dit.test=" + type;
        }
        String test = type + (method.isEmpty() ? "" : "#" + method);
        return "./mvnw test -pl " + module + " -am -Dtest=" + test + " -Dsurefire.failIfNoSpecifiedTests=false";
    }

    private static String productTests(String module) {
        return "make program && ./mvnw verify -Das-built -pl testing/gate,testing/fixtures," + module;
    }

    /** What failed where it was no test, as Maven's log says it. */
    private List<String> goal() {
        Path log = root.resolve("target/gate.log");
        if (Files.exists(log)) {
            List<String> lines = TestRun.lines(log);
            for (String line : lines) {
                Matcher goal = GOAL.matcher(line);
                if (goal.find()) {
                    String module = folder(goal.group(2)).map(Path::toString).orElse(":" + goal.group(2));
                    String name = goal.group(1) == null ? "what it needs" : goal.group(1);
                    return List.of(
                            "FAILED: " + name + " of " + module + ": " + shortened(goal.group(3)),
                            "    run just that: " + command(name, module));
                }
            }
            Optional<String> error =
                    lines.stream().filter(line -> line.startsWith("[ERROR]")).findFirst();
            if (error.isPresent()) {
                return List.of("FAILED: " + shortened(error.orElseThrow()) + " The whole log is target/gate.log");
            }
        }
        return List.of("FAILED, and no test says why. The whole log is target/gate.log");
    }

    /** @param goal such as {@code org.apache.maven.plugins:maven-surefire-plugin:3.6.1:test} */
    private static String command(String goal, String module) {
        if (goal.contains(":maven-failsafe-plugin:")) {
            return productTests(module);
        }
        return goal.contains(":maven-surefire-plugin:")
                ? "./mvnw test -am -pl " + module
                : "./mvnw verify -DskipTests -am -pl " + module;
    }

    /** Where the module of this artifact id lies. */
    private Optional<Path> folder(String artifact) {
        return Modules.of(root).folder(artifact);
    }

    private static String shortened(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
    }
}
