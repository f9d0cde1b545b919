package dev.tarn.bench;

import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
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
        Path directory = Files.createTempDirectory("tarn-bench-").resolve("bench");
        Files.createDirectories(directory.resolve("sources"));
        Files.writeString(directory.resolve("lake.yaml"), "name: bench\n");
        Files.writeString(directory.resolve("sources").resolve(SOURCE + ".yaml"), """
                postgres: embedded
                tables:
                  - table: public.sales
                    partition: [region]
                    type: merge-on-read
                """);
        BenchLake lake = new BenchLake(new Lake(directory), keep);
        Runtime.getRuntime().addShutdownHook(new Thread(lake::end, "end of the lake"));
        Progress.say("starts a lake in %s", directory);
        lake.lake.up();
        return lake;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(lake.address("postgres", "jdbc"), "postgres", lake.postgresPassword());
    }

    LakeClient client() {
        return LakeClient.of(lake.directory());
    }

    SourceConnector connector() {
        return new SourceConnector(lake.address("collect", "connect"), "bench-" + SOURCE);
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
