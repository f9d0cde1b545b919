package dev.tarn.testing.gate;

import dev.tarn.testing.gate.TestNote.Kind;
import dev.tarn.testing.gate.TestNote.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all JVMs of one build noted. */
record TestRun(List<TestNote> notes) {
    TestRun {
        notes = List.copyOf(notes);
    }

    /**
     * The newest run.
     *
     * @param folder that has a folder for each run, named by its time; empty or absent if no test ran
     */
    static TestRun newest(Path folder) {
        List<TestNote> notes = new ArrayList<>();
        for (Path file : newestFolder(folder).map(TestRun::files).orElse(List.of())) {
            for (String line : lines(file)) {
                TestNote.parse(line).ifPresent(notes::add);
            }
        }
        return new TestRun(notes);
    }

    private static Optional<Path> newestFolder(Path folder) {
        return files(folder).stream().filter(Files::isDirectory).max(Comparator.naturalOrder());
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file, whatever bytes other programs have put there. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return linesOfBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> linesOfBytes(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<TestNote> of(Kind kind) {
        return notes.stream().filter(note -> note.kind() == kind).toList();
    }

    /** The slowest first. */
    List<TestNote> slowestClasses(int count) {
        return of(Kind.CLASS).stream()
                .sorted(Comparator.comparingLong(TestNote::wallMillis).reversed())
                .limit(count)
                .toList();
    }

    /** How many tests of a class did not skip. */
    long tests(String type) {
        return of(Kind.TEST).stream()
                .filter(note -> note.type().equals(type) || note.type().startsWith(type + "$"))
                .filter(note -> note.outcome() != Outcome.SKIPPED)
                .count();
    }

    /** The modules in the order in which their tests began. */
    List<String> modules() {
        return of(Kind.PLAN).stream()
                .sorted(Comparator.comparingLong(TestNote::startMillis))
                .map(TestNote::module)
                .distinct()
                .toList();
    }

    /** From the first test of a module to its last, whatever else was done meanwhile. */
    long wallMillis(String module) {
        List<TestNote> plans = plans(module);
        return plans.stream().mapToLong(TestNote::endMillis).max().orElse(0)
                - plans.stream().mapToLong(TestNote::startMillis).min().orElse(0);
    }

    /** What the whole machine spent from the first test of a module to its last; -1 if it does not tell. */
    long busyMillis(String module) {
        List<TestNote> plans = plans(module);
        if (plans.stream().anyMatch(plan -> plan.busyMillis() < 0)) {
            return -1;
        }
        return plans.stream()
                        .mapToLong(plan -> plan.busyAtStart() + plan.busyMillis())
                        .max()
                        .orElse(0)
                - plans.stream().mapToLong(TestNote::busyAtStart).min().orElse(0);
    }

    private List<TestNote> plans(String module) {
        return of(Kind.PLAN).stream()
                .filter(plan -> plan.module().equals(module))
                .toList();
    }

    /** How many tests of a module ran, or were skipped. */
    long tests(String module, boolean skipped) {
        return of(Kind.TEST).stream()
                .filter(test -> test.module().equals(module))
                .filter(test -> (test.outcome() == Outcome.SKIPPED) == skipped)
                .count();
    }

    /** Classes in which the JVM ended, then tests that failed, and classes that failed as a whole. */
    List<TestNote> failures() {
        Set<String> ended = of(Kind.CLASS).stream().map(TestNote::type).collect(Collectors.toSet());
        return Stream.concat(
                        of(Kind.STARTED).stream().filter(note -> !ended.contains(note.type())),
                        notes.stream().filter(note -> note.outcome() == Outcome.FAILED))
                .toList();
    }
}
