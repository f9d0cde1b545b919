package dev.tarn.services.postgres;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Ports;
import dev.tarn.services.PrivateFile;
import dev.tarn.services.ProcessSpec;
import dev.tarn.services.ProgramHome;
import dev.tarn.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/** The embedded PostgreSQL: durable, with logical replication on, on a loopback port, with a password of its own. */
public final class PostgresService implements Service {
    /** The superuser of the embedded PostgreSQL. */
    public static final String USER = "postgres";

    private final LakeDirectory lake;
    private final PostgresPrograms programs;
    private final List<String> databases;
    private final int port;
    private final RootUser user;

    /** @param databases that must exist before the service counts as healthy */
    public PostgresService(ProgramHome home, LakeDirectory lake, Ports ports, List<String> databases) {
        this(home, lake, ports, databases, RootUser.ofThisProcess());
    }

    PostgresService(ProgramHome home, LakeDirectory lake, Ports ports, List<String> databases, RootUser user) {
        this.user = user;
        this.lake = lake;
        this.programs = new PostgresPrograms(home, lake);
        this.databases = List.copyOf(databases);
        this.port = ports.port("postgres");
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String version() {
        return programs.version();
    }

    @Override
    public Map<String, String> addresses() {
        return Map.of("jdbc", url(databases.isEmpty() ? "postgres" : databases.get(0)));
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public List<TarnException> problems() {
        List<TarnException> problems = new ArrayList<>();
        if (user.isStuck()) {
            problems.add(new TarnException(
                    ErrorKind.USER,
                    "POSTGRES_ROOT",
                    "Cannot start service 'postgres': PostgreSQL does not run as root, and this machine lets root make no"
                            + " user namespace ('unshare -U' failed). Run Tarn as a normal user, or point the source at a"
                            + " PostgreSQL of your own: postgres: {url: 'jdbc:postgresql://host/database'} in"
                            + " sources/*.yaml."));
        }
        dataVersion()
                .filter(found -> !found.equals(Integer.toString(programs.majorVersion())))
                .map(this::wrongVersion)
                .ifPresent(problems::add);
        return problems;
    }

    @Override
    public void prepare() {
        programs.unpack();
        if (!Files.exists(data())) {
            makeDataDirectory();
        }
    }

    @Override
    public ProcessSpec process() {
        List<String> command =
                new ArrayList<>(List.of(programs.program("postgres").toString(), "-D", data().toString()));
        Map<String, String> settings = new java.util.TreeMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        // Debezium reads the write-ahead log; durability is never traded for speed.
        settings.put("wal_level", "logical");
        settings.put("max_replication_slots", "20");
        settings.put("max_wal_senders", "20");
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        settings.put("max_connections", "60");
        settings.put("shared_buffers", "64MB");
        settings.put("max_wal_size", "1GB");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.forEach((key, value) -> {
            command.add("-c");
            command.add(key + "=" + value);
        });
        return new ProcessSpec(user.command(command), Map.of(), lake.state(), "", Optional.empty());
    }

    @Override
    public boolean answers() {
        // A login alone could reach another server on that port: ask whose data it serves.
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SHOW data_directory")) {
                if (!rows.next() || !rows.getString(1).equals(data().toString())) {
                    return false;
                }
            }
            for (String database : databases) {
                createIfMissing(statement, database);
            }
            return true;
        } catch (SQLException | UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public String stopSignal() {
        // "Fast shutdown": clients are disconnected, everything is flushed. TERM would wait for clients to leave.
        return "INT";
    }

    /** The address of one database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password());
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("loginTimeout", "2");
        properties.setProperty("socketTimeout", "2");
        return DriverManager.getConnection(url(database), properties);
    }

    private static void createIfMissing(Statement statement, String database) throws SQLException {
        String literal = "'" + database.replace("'", "''") + "'";
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = " + literal)) {
            if (rows.next()) {
                return;
            }
        }
        statement.execute("CREATE DATABASE \"" + database.replace("\"", "\"\"") + "\"");
    }

    private void makeDataDirectory() {
        Path draft = data().resolveSibling("postgres.new");
        try {
            deleteTree(draft);
            // No line end: Kafka Connect's provider takes the whole file for the password.
            PrivateFile.write(passwordFile(), UUID.randomUUID().toString().replace("-", ""));
            Path log = lake.log(name());
            Process initdb = new ProcessBuilder(user.command(List.of(
                            programs.program("initdb").toString(),
                            "--pgdata=" + draft,
                            "--username=" + USER,
                            "--pwfile=" + passwordFile(),
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (initdb.waitFor() != 0) {
                throw new TarnException(
                        ErrorKind.EXTERNAL,
                        "POSTGRES_INITDB",
                        "Cannot make the data directory of service 'postgres': initdb ended with code "
                                + initdb.exitValue() + ". Its words are in the log: tarn logs postgres.");
            }
            // Only a complete data directory gets the name that the next start looks for.
            Files.move(draft, data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while initdb ran", e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The content of PG_VERSION, such as 18; empty if there is no data yet. */
    private Optional<String> dataVersion() {
        Path file = data().resolve("PG_VERSION");
        try {
            return Files.exists(file)
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).trim())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TarnException wrongVersion(String found) {
        boolean version = found.matches("\\d{1,3}(\\.\\d{1,3})*");
        String words = found.length() <= 20 ? found : found.substring(0, 20) + "…";
        String reason = version
                ? "its data in '" + data() + "' was written by PostgreSQL " + found + ", and this is PostgreSQL "
                        + programs.majorVersion() + ". Use the Tarn that wrote it, or move"
                : "the file PG_VERSION of its data in '" + data() + "' says '" + words
                        + "', which is no version. Restore the folder from a backup, or move";
        return new TarnException(
                ErrorKind.USER,
                "POSTGRES_VERSION",
                "Cannot start service 'postgres': " + reason + " the folder away to start with empty data.");
    }

    private String password() {
        try {
            return Files.readString(passwordFile()).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path passwordFile() {
        return lake.secrets().resolve("postgres");
    }

    private Path data() {
        return lake.data("postgres");
    }
}
