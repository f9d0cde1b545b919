package dev.tarn.testing.product;

import static org.awaitility.Awaitility.await;

import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The broker that Tarn embeds, as a company runs one: a process of its own that speaks TLS alone, knows users by SASL/SCRAM
 * or, at a second address, by their certificates, and allows only what its ACLs say.
 */
final class SecuredBroker implements AutoCloseable {
    static final String ADMIN = "admin";
    /** No words of a real login: made for the one run. */
    private final String password = Uuid.randomUuid().toString();

    private final Path folder;
    private final int port = freePort();
    private final int certificatePort = freePort();
    private final Process process;

    /** Starts one with a user besides its administrator. */
    SecuredBroker(Path folder, String user) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        certify(ADMIN);
        certify(user);
        Files.writeString(trusted(), Files.readString(certificate()) + Files.readString(certificate(user)));
        Path settings = folder.resolve("broker.properties");
        try (var out = Files.newOutputStream(settings)) {
            settings(freePort()).store(out, null);
        }
        run(java(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                settings.toString(),
                "--add-scram",
                scram(ADMIN),
                "--add-scram",
                scram(user)));
        process = new ProcessBuilder(java("kafka.Kafka", settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> {
            try (Admin admin = admin()) {
                return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
            }
        });
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Where users are known by their certificates. */
    String certificateBootstrap() {
        return "127.0.0.1:" + certificatePort;
    }

    /** The authority that its certificate comes from: itself. */
    Path certificate() {
        return certificate(ADMIN);
    }

    /** A user's certificate, in PEM. */
    Path certificate(String user) {
        return folder.resolve(user + ".pem");
    }

    /** The key of a user's certificate: PKCS #8, in PEM. */
    String key(String user) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(store(user).toFile(), password.toCharArray());
        byte[] key = store.getKey(user, password.toCharArray()).getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
    }

    private Path store(String user) {
        return folder.resolve(user + ".p12");
    }

    private Path trusted() {
        return folder.resolve("trusted.pem");
    }

    /** Of every user. */
    String password() {
        return password;
    }

    /** A client that may do all. */
    Admin admin() throws IOException {
        return Admin.create(Map.of(
                "bootstrap.servers",
                bootstrap(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                jaas(ADMIN),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                Files.readString(certificate())));
    }

    /** Lets a user do this with all whose names begin so. */
    void allow(String user, ResourceType type, String prefix, AclOperation... operations)
            throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createAcls(rules(user, type, prefix, operations)).all().get();
        }
    }

    /** Takes back what was allowed. */
    void withdraw(String user, ResourceType type, String prefix, AclOperation... operations)
            throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.deleteAcls(rules(user, type, prefix, operations).stream()
                            .map(AclBinding::toFilter)
                            .toList())
                    .all()
                    .get();
        }
    }

    private static List<AclBinding> rules(String user, ResourceType type, String prefix, AclOperation... operations) {
        List<AclBinding> rules = new ArrayList<>();
        for (AclOperation operation : operations) {
            rules.add(new AclBinding(
                    new ResourcePattern(type, prefix, PatternType.PREFIXED),
                    new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
        }
        return rules;
    }

    private void certify(String user) throws IOException, InterruptedException {
        Path store = store(user);
        run(List.of(
                tool("keytool"),
                "-genkeypair",
                "-alias",
                user,
                "-dname",
                "CN=" + user,
                "-ext",
                "san=ip:127.0.0.1",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                password));
        run(List.of(
                tool("keytool"),
                "-exportcert",
                "-rfc",
                "-alias",
                user,
                "-keystore",
                store.toString(),
                "-storepass",
                password,
                "-file",
                certificate(user).toString()));
    }

    private Properties settings(int controllerPort) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners",
                        "SASL_SSL://127.0.0.1:" + port + ",SSL://127.0.0.1:" + certificatePort
                                + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "SASL_SSL://127.0.0.1:" + port + ",SSL://127.0.0.1:" + certificatePort,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "SASL_SSL",
                "log.dirs", folder.resolve("data").toString()));
        settings.putAll(Map.of(
                "sasl.enabled.mechanisms",
                "SCRAM-SHA-512",
                "sasl.mechanism.inter.broker.protocol",
                "SCRAM-SHA-512",
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                jaas(ADMIN),
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                store(ADMIN).toString(),
                "ssl.keystore.password",
                password,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted().toString(),
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The broker speaks to its own controller without a name.
                "super.users",
                "User:" + ADMIN + ";User:ANONYMOUS"));
        for (String replicated : List.of(
                "offsets.topic.replication.factor",
                "transaction.state.log.replication.factor",
                "transaction.state.log.min.isr",
                "offsets.topic.num.partitions",
                "transaction.state.log.num.partitions",
                "num.partitions")) {
            settings.put(replicated, "1");
        }
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        settings.put("ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    private String scram(String user) {
        return "SCRAM-SHA-512=[name=\"" + user + "\",password=\"" + password + "\"]";
    }

    private String jaas(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    private List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "-Xmx256m",
                "-cp",
                Tarn.root().resolve("target/tarn/lib/collect").toString() + "/*",
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("tools.log");
        Process tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (tool.waitFor() != 0) {
            throw new IOException(command.get(0) + " failed: " + Files.readString(log));
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
