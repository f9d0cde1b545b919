package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalServiceTest {
    @ParameterizedTest
    @CsvSource({
        "my_kafka.invalid:9092, my_kafka.invalid",
        "http://my_registry.invalid:8080/apis, my_registry.invalid",
        "https://registry.invalid, registry.invalid",
        "thrift://my-meta.invalid:9083, my-meta.invalid"
    })
    void hostIsReadFromEveryFormOfAddress(String address, String host) {
        assertThat(new ExternalService("it", address, "'it' in lake.yaml").problem())
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("Cannot reach it at '" + address + "': unknown host '" + host
                        + "'. Start it, or correct 'it' in lake.yaml. [UNREACHABLE]");
    }

    @Test
    void hostMayBeAnIpv6Address() {
        assertThat(new ExternalService("it", "[::1]:1", "'it' in lake.yaml").problem())
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("Cannot reach it at '[::1]:1': ")
                .doesNotContain("unknown host");
    }

    @Test
    void watchTellsWhenAServiceGoesAwayAndWhenItComesBack() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        ExternalService kafka = new ExternalService("kafka", "127.0.0.1:" + port, "'kafka' in lake.yaml");
        try (ExternalWatch watch = new ExternalWatch(List.of(kafka))) {
            assertThat(watch.statuses().get(0).state()).isEqualTo(ServiceState.EXTERNAL);
            watch.start();

            await().until(() -> watch.statuses().get(0).state() == ServiceState.UNREACHABLE);
            assertThat(watch.statuses().get(0).message())
                    .isEqualTo("Cannot reach kafka at '127.0.0.1:" + port
                            + "': Connection refused. Start it, or correct 'kafka' in lake.yaml. [UNREACHABLE]");

            try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                await().until(() -> watch.statuses().get(0).state() == ServiceState.EXTERNAL);
                assertThat(watch.statuses().get(0).message()).isNull();
                assertThat(server.isBound()).isTrue();
            }
        }
    }
}
