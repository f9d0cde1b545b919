package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.testing.fixtures.DemoLake;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.LakeRunner;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One command starts every service of a lake, another stops them, and nothing is lost on the way, even by force. */
@OnLake(DemoLake.class)
@Order(8)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LakeStartsIT {
    private static final List<String> SERVICES = List.of("postgres", "registry", "collect", "engine");

    @Test
    @Order(1)
    void statusListsEveryServiceAsHealthyWithItsProcessAddressMemoryAndVersion(Lake lake) {
        Map<String, Object> status = lake.status();
        assertThat(status).containsEntry("lake", "museum").containsEntry("state", "ready");
        Map<String, Map<String, Object>> services = Lake.servicesOf(status);
        assertThat(services).containsOnlyKeys(SERVICES);
        for (String name : SERVICES) {
            Map<String, Object> service = services.getOrDefault(name, Map.of());
            // Others have used the lake before: it may have been restarted.
            assertThat(service).containsEntry("state", "healthy").containsKey("restarts");
            assertThat(service.get("pid")).as(name).isInstanceOf(Number.class);
            assertThat(ProcessHandle.of(((Number) service.getOrDefault("pid", 0)).longValue()))
                    .as(name)
                    .isPresent();
            assertThat(((Number) service.getOrDefault("memoryBytes", 0)).longValue())
                    .as(name)
                    .isBetween(10_000_000L, 2_000_000_000L);
            assertThat(String.valueOf(service.get("version"))).as(name).matches("\\d+\\.\\d+.*");
            assertThat(String.valueOf(service.get("addresses"))).as(name).contains("127.0.0.1:");
        }
        Tarn.Result table = lake.run("status");
        assertThat(table.exitCode()).isZero();
        assertThat(table.out()).contains(SERVICES).contains("healthy");
    }

    @Test
    @Order(2)
    void everythingListensOnTheLoopbackInterfaceOnly(Lake lake) throws Exception {
        for (String name : SERVICES) {
            assertThat(Sockets.listeningAddresses(lake.pid(name)))
                    .as(name)
                    .isNotEmpty()
                    .allMatch(Sockets::isLoopback);
        }
        long server = ((Number) lake.status().getOrDefault("pid", 0)).longValue();
        assertThat(Sockets.listeningAddresses(server)).isNotEmpty().allMatch(Sockets::isLoopback);
    }

    @Test
    @Order(3)
    void apiRefusesWhoeverDoesNotHoldTheToken(Lake lake) throws Exception {
        String address = String.valueOf(lake.status().get("address"));

        assertThat(Http.get(address + "/api/v1/lake").statusCode()).isEqualTo(401);
        assertThat(Http.post(address + "/api/v1/stop", "text/plain", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    @Order(4)
    void postgresIsDurableReadyForCaptureAndAsksForItsPassword(Lake lake) throws Exception {
        assertThat(Database.column(
                        lake,
                        "SELECT setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes',"
                                + " 'synchronous_commit', 'wal_level') ORDER BY name"))
                .containsExactly("on", "on", "on", "logical");
        assertThatThrownBy(() -> Database.connect(lake, "guess"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    @Order(5)
    void killedCollectProcessComesBackAndStatusSaysSo(Lake lake) {
        long killed = lake.pid("collect");
        int restarts = restarts(lake);
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(lake.service("collect"))
                    .containsEntry("state", "healthy")
                    .containsEntry("restarts", restarts + 1);
            assertThat(lake.pid("collect")).isNotEqualTo(killed);
        });
        assertThat(String.valueOf(Lake.servicesOf(lake.status())
                        .getOrDefault("collect", Map.of())
                        .get("message")))
                .contains("was restarted");
    }

    private static int restarts(Lake lake) {
        return ((Number) lake.service("collect").getOrDefault("restarts", 0)).intValue();
    }

    @Test
    @Order(6)
    void schemaThatTheRegistryTookSurvivesAKillRightAfterwards(Lake lake) throws Exception {
        String subject = registerText(lake, "last-words");
        long killed = lake.pid("registry");

        kill(killed);

        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(lake.service("registry")).containsEntry("state", "healthy");
            assertThat(lake.pid("registry")).isNotEqualTo(killed);
        });
        assertThat(Http.get(subject + "/1").body()).contains("string");
    }

    @Test
    @Order(7)
    void rowsTopicsAndSchemasAreThereAfterDownAndUp(Lake lake) throws Exception {
        Database.execute(lake, "CREATE TABLE keepsake (id int PRIMARY KEY, words text)");
        Database.execute(lake, "INSERT INTO keepsake VALUES (1, 'still here')");
        Topics.send(lake, "keepsakes", "still here");
        String subject = registerText(lake, "keepsake");

        lake.down();
        assertThat(lake.status()).containsEntry("state", "stopped");
        lake.up();

        assertThat(Database.column(lake, "SELECT words FROM keepsake")).containsExactly("still here");
        assertThat(Topics.read(lake, "keepsakes")).containsExactly("still here");
        assertThat(Http.get(subject + "/1").body()).contains("string");
    }

    @Test
    @Order(8)
    void nextUpAdoptsWhatAKilledServerLeftRunning(Lake lake) throws Exception {
        Map<String, Object> before = lake.status();
        long server = ((Number) before.getOrDefault("pid", 0)).longValue();
        long collect = lake.pid("collect");
        long postgres = lake.pid("postgres");

        kill(server);
        lake.up();

        assertThat(lake.status()).containsEntry("state", "ready");
        assertThat(lake.pid("collect")).isEqualTo(collect);
        assertThat(lake.pid("postgres")).isEqualTo(postgres);
        assertThat(Database.column(lake, "SELECT words FROM keepsake")).containsExactly("still here");
    }

    @Test
    @Order(9)
    void downAfterAKilledServerLeavesNoOrphan(Lake lake) {
        List<Long> processes = SERVICES.stream().map(lake::pid).toList();
        long server = ((Number) lake.status().getOrDefault("pid", 0)).longValue();

        kill(server);
        assertThat(String.valueOf(lake.status())).contains("orphaned");
        lake.down();

        assertThat(processes).noneMatch(LakeStartsIT::runs);
        lake.up();
        assertThat(Database.isReachable(lake)).isTrue();
    }

    @Test
    @Order(10)
    void secondUpSaysWhoHoldsTheLake(Lake lake) {
        long server = ((Number) lake.status().getOrDefault("pid", 0)).longValue();

        Tarn.Result result = lake.run("up");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("process " + server + " of user " + System.getProperty("user.name") + " runs it since ")
                .contains("'tarn status' shows it, 'tarn down' stops it. [LAKE_RUNNING]");
    }

    @Test
    @Order(11)
    void anotherLakeRunsBesideIt(Lake lake) throws Exception {
        Path folder = Files.createTempDirectory("tarn-second-");
        Lake second = Lake.create(folder.resolve("second"), "museum");
        Path settings = second.directory().resolve("lake.yaml");
        Files.writeString(settings, Files.readString(settings) + "\nengine: none\n");
        try {
            second.up();

            assertThat(second.status()).containsEntry("state", "ready");
            assertThat(lake.status()).containsEntry("state", "ready");
            assertThat(second.address("collect", "kafka")).isNotEqualTo(lake.address("collect", "kafka"));
            assertThat(String.valueOf(second.status())).doesNotContain("engine");
        } finally {
            second.down();
            LakeRunner.delete(folder);
        }
        assertThat(lake.status()).containsEntry("state", "ready");
    }

    @Test
    @Order(12)
    void logsOfEveryServiceCanBeRead(Lake lake) {
        for (String name : SERVICES) {
            Tarn.Result result = lake.run("logs", name, "-n", "5");
            assertThat(result.exitCode()).as(name).isZero();
            assertThat(result.out().lines()).as(name).hasSizeBetween(1, 5);
        }
    }

    /** Whether a process runs. One that has ended, and that init has not reaped yet, does not. */
    private static boolean runs(long pid) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return !Files.exists(Path.of("/proc/self"));
        }
    }

    private static String registerText(Lake lake, String name) throws Exception {
        String subject = lake.address("registry", "http") + "/apis/ccompat/v7/subjects/" + name + "/versions";
        assertThat(Http.post(
                                subject,
                                "application/vnd.schemaregistry.v1+json",
                                "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}")
                        .statusCode())
                .isEqualTo(200);
        return subject;
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
