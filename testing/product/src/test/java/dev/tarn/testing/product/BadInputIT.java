package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever keeps a lake from starting is named before anything starts, and nothing is left running. */
@Order(26)
class BadInputIT {
    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeftRunning() {
        if (Files.exists(folder.resolve("lake.yaml"))) {
            assertThat(new Tarn(folder).run("status", "--output", "json").out())
                    .contains("\"state\" : \"stopped\"", "\"services\" : [ ]")
                    .doesNotContain("orphaned");
        }
    }

    @Test
    void directoryWithoutALake() {
        Tarn.Result result = new Tarn(folder).run("up");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("Cannot find a lake: neither '" + folder + "' nor a directory above it holds lake.yaml.")
                .contains("tarn init")
                .endsWith("[LAKE_NOT_FOUND]\n");
    }

    @Test
    void everyProblemOfTheSettingsInOneReportWithFileAndLine() throws Exception {
        lake("name: museum\nstorge: embedded\nengine: noe\n");
        Files.createDirectories(folder.resolve("sources"));
        Files.writeString(folder.resolve("sources/moma.yaml"), "postgres: [embedded\n");

        Tarn.Result result = new Tarn(folder).run("up");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("lake.yaml line 2: unknown key 'storge'; did you mean 'storage'?")
                .contains("lake.yaml line 3:")
                .contains("sources/moma.yaml line ")
                .contains("[SETTINGS_INVALID]");
    }

    @Test
    void unknownProfile() throws Exception {
        lake("name: museum\nprofiles: {prod: {engine: none}}\n");

        Tarn.Result result = new Tarn(folder).run("up", "--profile", "prd");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("prd").contains("prod").contains("[SETTINGS_INVALID]");
    }

    @Test
    void portThatAnotherProgramHolds() throws Exception {
        lake("name: museum\nengine: none\n");
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.createDirectories(folder.resolve(".tarn"));
            Files.writeString(folder.resolve(".tarn/ports.properties"), "kafka=" + stranger.getLocalPort() + "\n");

            Tarn.Result result = new Tarn(folder).run("up");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err())
                    .contains("Cannot start service 'collect': port " + stranger.getLocalPort()
                            + " on 127.0.0.1 is taken by process "
                            + ProcessHandle.current().pid() + " (java).")
                    .contains("tarn up --new-ports")
                    .contains("[PORT_TAKEN]");
        }
    }

    @Test
    void portOfTheServerThatAnotherProgramHolds() throws Exception {
        lake("name: museum\nengine: none\n");
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.createDirectories(folder.resolve(".tarn"));
            Files.writeString(folder.resolve(".tarn/ports.properties"), "server=" + stranger.getLocalPort() + "\n");

            Tarn.Result result = new Tarn(folder).run("up");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err())
                    .contains("Cannot start the server: port " + stranger.getLocalPort()
                            + " on 127.0.0.1 is taken by process "
                            + ProcessHandle.current().pid() + " (java). End that program, or let Tarn choose other"
                            + " ports: tarn up --new-ports.")
                    .contains("[PORT_TAKEN]");
        }
    }

    @Test
    void portThatIsNoNumber() throws Exception {
        lake("name: museum\nengine: none\n");
        Files.createDirectories(folder.resolve(".tarn"));
        Files.writeString(folder.resolve(".tarn/ports.properties"), "kafka=9092x\n");

        Tarn.Result result = new Tarn(folder).run("up");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("'kafka' is '9092x', which is no number from 1 to 65535.")
                .contains("[PORTS_INVALID]");
    }

    @Test
    void storageInS3WithoutItsLibraries() throws Exception {
        lake("name: museum\nengine: none\nstorage: s3a://art/tables\n");

        Tarn.Result result = new Tarn(folder).run("up");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("Cannot keep the lake's files at 's3a://art/tables': the libraries for S3 (")
                .contains("are not all in 'plugins/lake-sink', 'plugins/raw-sink' under '")
                .contains("[S3_LIBRARIES]");
    }

    @Test
    void refusalNamesWhatAKilledServerLeftRunning() throws Exception {
        lake("name: museum\nengine: none\nstorge: embedded\n");
        Process orphan = new ProcessBuilder("sleep", "600").start();
        try {
            Files.createDirectories(folder.resolve(".tarn/run"));
            Files.writeString(
                    folder.resolve(".tarn/run/collect.json"),
                    "{\"name\":\"collect\",\"pid\":" + orphan.pid() + ",\"startedAtMillis\":"
                            + orphan.info().startInstant().orElseThrow().toEpochMilli() + "}");

            Tarn.Result result = new Tarn(folder).run("up");

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains("[SETTINGS_INVALID]")
                    .endsWith("\nStill running from an earlier server: collect (process " + orphan.pid()
                            + "). 'tarn down' ends them.\n");
            assertThat(new Tarn(folder).run("down").exitCode()).isZero();
            assertThat(orphan.isAlive()).isFalse();
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void dataOfANewerPostgres() throws Exception {
        lake("name: museum\nengine: none\n");
        Files.createDirectories(folder.resolve("sources"));
        Files.writeString(
                folder.resolve("sources/moma.yaml"), "postgres: embedded\ntables: [{table: public.artists}]\n");
        Files.createDirectories(folder.resolve(".tarn/postgres"));
        Files.writeString(folder.resolve(".tarn/postgres/PG_VERSION"), "99\n");

        Tarn.Result result = new Tarn(folder).run("up");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("Cannot start service 'postgres': its data in '")
                .contains("was written by PostgreSQL 99, and this is PostgreSQL 18.")
                .contains("[POSTGRES_VERSION]");
        assertThat(folder.resolve(".tarn/postgres/PG_VERSION")).hasContent("99");
    }

    @Test
    void diskWithTooLittleRoom() throws Exception {
        lake("name: museum\nlimits: {free-disk: 4000 TiB}\n");

        Tarn.Result result = new Tarn(folder).run("up");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err())
                .contains("MiB free")
                .contains("limits.free-disk")
                .contains("[DISK_FULL]");
    }

    @Test
    void diskThatIsReallyFull() throws Exception {
        lake("name: museum\nengine: none\n");
        List<String> small = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mkdir disk && mount -t tmpfs -o size=64k tmpfs disk && cp lake.yaml disk && cd disk"
                        + " && (head -c 1000000 /dev/zero > filler 2>/dev/null || true) && '"
                        + Tarn.root().resolve("tarn") + "' up");
        assumeTrue(
                new Tarn(folder)
                                .runProgram(List.of("unshare", "--user", "--map-root-user", "--mount", "true"))
                                .exitCode()
                        == 0,
                "skipped: this machine lets nobody mount a small disk of his own");

        Tarn.Result result = new Tarn(folder).runProgram(small);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("[DISK_FULL]").doesNotContain("Exception");
    }

    @Test
    void unreachableServicesAreAllNamedWithAddressAndCause() throws Exception {
        lake("name: museum\nkafka: {bootstrap: '127.0.0.1:1'}\nregistry: {url: 'http://127.0.0.1:2'}\n"
                + "catalog: {metastore: 'thrift://127.0.0.1:3'}\nengine: embedded\n");

        Tarn.Result result = new Tarn(folder).run("up");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("Cannot reach kafka at '127.0.0.1:1': Connection refused.")
                .contains("Cannot reach registry at 'http://127.0.0.1:2': Connection refused.")
                .contains("Cannot reach metastore at 'thrift://127.0.0.1:3': Connection refused.");
    }

    @Test
    void downWithNothingRunning() throws Exception {
        lake("name: museum\n");

        Tarn.Result result = new Tarn(folder).run("down");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err() + result.out()).contains("Lake 'museum' is not running; nothing to stop.");
    }

    @Test
    void jdkThatIsTooOld() throws Exception {
        Path jdk = folder.resolve("jdk-11");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
        assertThat(jdk.resolve("bin/java").toFile().setExecutable(true)).isTrue();

        Tarn.Result result = new Tarn(folder).with("JAVA_HOME", jdk.toString()).run("status");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("Cannot start tarn: JAVA_HOME is " + jdk
                        + ", a JDK 11. Install a JDK 17 or newer, or point JAVA_HOME at one. [JDK_TOO_OLD]\n");
    }

    private void lake(String settings) throws IOException {
        Files.writeString(folder.resolve("lake.yaml"), settings);
    }
}
