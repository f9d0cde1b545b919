package dev.tarn.testing.gate;

import dev.tarn.testing.gate.TestNote.Kind;
import dev.tarn.testing.gate.TestNote.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Notes how long each test and each class takes, and the processor time of the whole machine meanwhile: most of what a
 * product test costs is spent by other processes. JUnit finds it by its service file. It writes one file a JVM into the
 * folder that the system property {@code tarn.times} names, and nothing where that is not set.
 */
public final class TimedTests implements TestExecutionListener {
    private record Begin(long millis, long busyMillis) {
        static Begin now() {
            return new Begin(System.currentTimeMillis(), MachineTime.busyMillis());
        }
    }

    private final String module = System.getProperty("tarn.module", "");
    private final @Nullable Path file = file(System.getProperty("tarn.times"), module);
    private final Map<String, Begin> begun = new ConcurrentHashMap<>();
    private @Nullable TestPlan plan;
    private Begin planned = Begin.now();

    private static @Nullable Path file(@Nullable String folder, String module) {
        return folder == null || folder.isBlank()
                ? null
                : Path.of(folder).resolve(module + "-" + ProcessHandle.current().pid() + ".tsv");
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
        planned = Begin.now();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        // What all classes share, such as a lake, has been closed by now.
        write(note(Kind.PLAN, "", "", planned, Outcome.PASSED, ""));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        Begin begin = Begin.now();
        begun.put(test.getUniqueId(), begin);
        topClass(test)
                .ifPresent(type -> write(new TestNote(
                        Kind.STARTED,
                        module,
                        type,
                        "",
                        begin.millis(),
                        begin.millis(),
                        begin.busyMillis(),
                        0,
                        Outcome.PASSED,
                        "")));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        Begin begin = Begin.now();
        topClass(test).ifPresent(type -> write(note(Kind.CLASS, type, "", begin, Outcome.SKIPPED, reason)));
        method(test).ifPresent(type -> write(note(Kind.TEST, type, name(test), begin, Outcome.SKIPPED, reason)));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Begin begin = begun.remove(test.getUniqueId());
        if (begin == null) {
            return;
        }
        Outcome outcome = switch (result.getStatus()) {
            case SUCCESSFUL -> Outcome.PASSED;
            case ABORTED -> Outcome.SKIPPED;
            case FAILED -> Outcome.FAILED;
        };
        String reason =
                result.getThrowable().map(thrown -> String.valueOf(thrown)).orElse("");
        topClass(test).ifPresent(type -> write(note(Kind.CLASS, type, "", begin, outcome, reason)));
        method(test).ifPresent(type -> write(note(Kind.TEST, type, name(test), begin, outcome, reason)));
        if (outcome == Outcome.FAILED
                && topClass(test).isEmpty()
                && method(test).isEmpty()) {
            // Such as what comes before all tests of a nested class, or what gives a test its parameters.
            write(note(Kind.TEST, container(test), name(test), begin, outcome, reason));
        }
    }

    private static String container(TestIdentifier test) {
        TestSource source = source(test);
        if (source instanceof ClassSource type) {
            return type.getClassName();
        }
        return source instanceof MethodSource method ? method.getClassName() : test.getUniqueId();
    }

    private TestNote note(Kind kind, String type, String test, Begin begin, Outcome outcome, String reason) {
        long busy = MachineTime.busyMillis();
        return new TestNote(
                kind,
                module,
                type,
                test,
                begin.millis(),
                System.currentTimeMillis(),
                begin.busyMillis(),
                busy < 0 ? -1 : busy - begin.busyMillis(),
                outcome,
                reason);
    }

    /** The class, if this is a class that stands in no other. */
    private Optional<String> topClass(TestIdentifier test) {
        TestPlan known = plan;
        if (known == null || !(source(test) instanceof ClassSource type)) {
            return Optional.empty();
        }
        boolean nested = known.getParent(test)
                .map(TimedTests::source)
                .filter(ClassSource.class::isInstance)
                .isPresent();
        return nested ? Optional.empty() : Optional.of(type.getClassName());
    }

    private static Optional<String> method(TestIdentifier test) {
        return test.isTest() && source(test) instanceof MethodSource method
                ? Optional.of(method.getClassName())
                : Optional.empty();
    }

    private static @Nullable TestSource source(TestIdentifier test) {
        return test.getSource().orElse(null);
    }

    /** The method; of one with parameters, what JUnit shows of them too. */
    private static String name(TestIdentifier test) {
        String method = source(test) instanceof MethodSource found ? found.getMethodName() : test.getDisplayName();
        String shown = test.getDisplayName();
        return shown.startsWith(method) ? method : method + " " + shown;
    }

    private synchronized void write(TestNote note) {
        if (file == null) {
            return;
        }
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, note.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A test must not fail since its time cannot be noted.
            System.err.println("cannot note times in " + file + ": " + e);
        }
    }
}
