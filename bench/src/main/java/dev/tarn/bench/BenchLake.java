package dev.tarn.bench;

import dev.tarn.bench.postgres.BareCopy;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.Tarn;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lake of one table, {@code sales}, in a folder of its own. Ends and goes away when closed, also by Ctrl-C. */
final class BenchLake implements AutoCloseable {
    static final String SOURCE = "shop";

    private final Lake lake;
    private final boolean keep;
    private final AtomicBoolean ended = new AtomicBoolean();

    private BenchLake(Lake lake, boolean keep) {
        this.lake = lake;
        this.keep = keep;
    }

    /** @param keep whether its folder stays, for whoever wants to look at it */
    static BenchLake start(boolean keep) throws IOException {
        return start(keep, "");
    }

    /** One whose first copy goes through Kafka. */
    static BenchLake throughKafka(boolean keep) throws IOException {
        return start(keep, "load: {through: kafka}\n");
    }

    private static BenchLake start(boolean keep, String more) throws IOException {
        Path directory = folder();
        Files.createDirectories(directory.resolve("sources"));
        Files.writeString(directory.resolve("sources").resolve(SOURCE + ".yaml"), """
                postgres: embedded
                tables:
                  - table: public.sales
                    partition: [region]
                    type: merge-on-read
                """ + more);
        return up(directory, keep);
    }

    /** One without a source, for events. */
    static BenchLake withoutSources(boolean keep) throws IOException {
        return up(folder(), keep);
    }

    private static Path folder() throws IOException {
        Path directory = Files.createTempDirectory("tarn-bench-").resolve("bench");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("lake.yaml"), "name: bench\n");
        return directory;
    }

    private static BenchLake up(Path directory, boolean keep) {
        BenchLake lake = new BenchLake(new Lake(directory), keep);
        Runtime.getRuntime().addShutdownHook(new Thread(lake::end, "end of the lake"));
        Progress.say("starts a lake in %s", directory);
        lake.lake.up();
        return lake;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), BareCopy.USER, lake.postgresPassword());
    }

    private String jdbcUrl() {
        return lake.address("postgres", "jdbc");
    }

    /** How long {@link BareCopy} takes in a process of its own; one that has done it before would be compiled, and ours is not. */
    double bareCopySeconds(int rows) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Duser.timezone=UTC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareCopy.class.getName(),
                        jdbcUrl(),
                        Integer.toString(rows))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedWriter in = process.outputWriter();
                BufferedReader out = process.inputReader()) {
            in.write(lake.postgresPassword() + "\n");
            in.flush();
            String seconds = out.readLine();
            if (seconds == null) {
                throw new IOException("the bare copy ended without a word; what it said stands above");
            }
            return Double.parseDouble(seconds);
        } finally {
            process.destroy();
        }
    }

    Path directory() {
        return lake.directory();
    }

    /** Kafka's address. */
    String bootstrap() {
        return lake.address("collect", "kafka");
    }

    /** The schema registry's address. */
    String registry() {
        return lake.address("registry", "http");
    }

    /** What a command prints; it must succeed. */
    String tarn(String... words) {
        Tarn.Result result = lake.run(words);
        if (result.exitCode() != 0) {
            throw new IllegalStateException("tarn " + String.join(" ", words) + ": " + result.err() + result.out());
        }
        return result.out();
    }

    LakeClient client() {
        return LakeClient.of(lake.directory());
    }

    SourceConnector connector() {
        return new SourceConnector(worker(), "bench-" + SOURCE);
    }

    /** Kafka Connect, as far as a measurement needs it. */
    ConnectWorker worker() {
        return new ConnectWorker(lake.address("collect", "connect"));
    }

    /** The processes of the lake, measured from now on. */
    ProcessMeter meter() {
        return ProcessMeter.start(List.of("collect", "postgres", "engine", "registry"), lake::pid);
    }

    @Override
    public void close() {
        end();
    }

    private void end() {
        if (ended.getAndSet(true)) {
            return;
        }
        lake.down();
        if (keep) {
            Progress.say("the lake stays in %s", lake.directory());
            return;
        }
        try {
            LakeRunner.delete(lake.directory().resolve(".."));
        } catch (IOException e) {
            Progress.say("cannot delete %s: %s", lake.directory(), e);
        }
    }
}
