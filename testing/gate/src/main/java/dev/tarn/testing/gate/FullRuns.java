package dev.tarn.testing.gate;

import dev.tarn.testing.gate.TestNote.Kind;
import dev.tarn.testing.gate.TestNote.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page that keeps every full run that passed: date, commit, JDK, seconds of each module's tests. {@code FullRuns ROOT} appends
 * the newest run to it; {@code ./mvnw verify -Pfull} does so at its end.
 */
public final class FullRuns {
    private static final String PAGE = "docs/full-runs.md";

    private final Path root;

    FullRuns(Path root) {
        this.root = root;
    }

    /**
     * Keeps the newest run.
     *
     * @param arguments the checkout
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        new FullRuns(root).append(TestRun.newest(root.resolve("target/test-times")), Clock.systemUTC());
    }

    void append(TestRun run, Clock clock) throws IOException {
        List<String> missing = Modules.of(root).all().stream()
                .filter(Modules.Module::hasTests)
                .map(Modules.Module::artifact)
                .filter(artifact -> !run.modules().contains(artifact))
                .toList();
        if (!run.failures().isEmpty()) {
            System.out.println("Not kept in " + PAGE + ": " + "of its tests failed: "
                    + run.failures().size() + ".");
            return;
        }
        if (!missing.isEmpty()) {
            System.out.println("Not kept in " + PAGE + ": no tests ran of " + String.join(", ", missing)
                    + ". A full run is of all modules: ./mvnw verify -Pfull");
            return;
        }
        String modules = run.modules().stream()
                .map(module -> module.replaceFirst("^tarn-", "") + " " + run.wallMillis(module) / 1000)
                .collect(Collectors.joining(", "));
        List<TestNote> skipped = run.of(Kind.TEST).stream()
                .filter(test -> test.outcome() == Outcome.SKIPPED)
                .toList();
        String tests = run.of(Kind.TEST).size()
                - skipped.size()
                + (skipped.isEmpty()
                        ? ""
                        : "; skipped: "
                                + skipped.stream()
                                        .map(TestNote::simpleType)
                                        .distinct()
                                        .collect(Collectors.joining(", ")));
        // What is not committed has no name: a + says that there was such.
        String commit = git("rev-parse", "--short=10", "HEAD").orElse("?")
                + (git("status", "--porcelain", "--untracked-files=no").isPresent() ? "+" : "");
        String row = "| " + LocalDate.now(clock) + " | " + commit + " | " + Runtime.version() + " | " + tests + " | "
                + modules + " |\n";
        Files.writeString(root.resolve(PAGE), row, StandardOpenOption.APPEND);
        System.out.print("Kept in " + PAGE + ": " + row);
    }

    /** How many commits the last full run is behind, in a sentence. */
    String age() throws IOException {
        Path page = root.resolve(PAGE);
        List<String> rows = Files.exists(page)
                ? Files.readAllLines(page).stream()
                        .filter(line -> line.matches("\\| \\d{4}-.*"))
                        .toList()
                : List.of();
        if (rows.isEmpty()) {
            return "No full run is on record: ./mvnw verify -Pfull";
        }
        String[] cells = rows.get(rows.size() - 1).split("\\|", -1);
        String date = cells[1].strip();
        String commit = cells[2].strip().replace("+", "");
        return "The last full run, of " + date + ", is of commit " + commit + ": "
                + git("rev-list", "--count", commit + "..HEAD")
                        .map(count -> count.equals("1") ? "1 commit ago." : count + " commits ago.")
                        .orElse("not in the history that is here.");
    }

    /** The one line that a git command prints; empty if it fails, as outside a repository. */
    private Optional<String> git(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(words));
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            // Under a hook of git, these would name another repository.
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            process = builder.start();
        } catch (IOException e) {
            // A copy without git builds too.
            return Optional.empty();
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return process.waitFor() == 0 && !out.isEmpty() ? Optional.of(out) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
