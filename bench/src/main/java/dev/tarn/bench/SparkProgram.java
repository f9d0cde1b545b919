package dev.tarn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program of {@code bench/bare}: what people write by hand with Spark, in a Java of its own with the engine's jars. It takes
 * orders as lines, and answers each by one line; lines that begin with {@code batch} come unasked.
 */
final class SparkProgram implements AutoCloseable {
    private static final String ANSWER = "answer ";
    private static final String BATCH = "batch ";
    private static final String ENDED = "";
    private static final long PATIENCE_MINUTES = 60;

    private final Process process;
    private final Writer orders;
    private final Path log;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> batches = new CopyOnWriteArrayList<>();

    private SparkProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts one, and waits until it is ready.
     *
     * @param heap as Java's {@code -Xmx} has it
     * @param source the file of the program in {@code bench/bare}; Java compiles it as it starts it
     * @param folder where its log is
     */
    static SparkProgram start(String source, String heap, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("tarn.root"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-Duser.timezone=UTC"));
        for (String opened : List.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.nio",
                "java.util",
                "java.util.concurrent",
                "java.util.concurrent.atomic",
                "sun.nio.ch",
                "sun.nio.cs",
                "sun.security.action",
                "sun.util.calendar")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                root.resolve("target/tarn/lib/engine") + "/*",
                root.resolve("bench/bare").resolve(source).toString()));
        command.addAll(arguments);
        Files.createDirectories(folder);
        Path log = folder.resolve(source + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .start();
        SparkProgram program = new SparkProgram(process, log);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end of " + source));
        Thread reader = new Thread(program::read, "answers of " + source);
        reader.setDaemon(true);
        reader.start();
        program.answer();
        return program;
    }

    /** Spark writes lines of its own between. */
    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ANSWER)) {
                    answers.add(line.substring(ANSWER.length()));
                } else if (line.startsWith(BATCH)) {
                    batches.add(line.substring(BATCH.length()));
                }
            }
        } catch (IOException e) {
            Progress.say("the program's answers cannot be read: %s", e);
        }
        answers.add(ENDED);
    }

    /** The answer to an order. */
    String ask(String order) throws IOException, InterruptedException {
        orders.write(order + "\n");
        orders.flush();
        return answer();
    }

    private String answer() throws IOException, InterruptedException {
        String answer = answers.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (answer == null || answer.equals(ENDED)) {
            throw new IOException("the bare program has ended or hangs; --keep true keeps its log, " + log);
        }
        return answer;
    }

    /** What it told unasked, so far. */
    List<String> batches() {
        return List.copyOf(batches);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
