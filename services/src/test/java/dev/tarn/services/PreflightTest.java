package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @TempDir
    private Path folder;

    private LakeDirectory lake;
    private Ports ports;

    @BeforeEach
    void makeLake() {
        lake = new LakeDirectory(folder);
        lake.create();
        ports = Ports.of(lake);
    }

    @Test
    void takenPortNamesTheServiceThePortAndTheHolder() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = stranger.getLocalPort();
            Service service = new ShellService(lake, "kafka", "", port);

            assertThatThrownBy(() -> Preflight.check(lake, ports, List.of(service), List.of(), List.of(), List.of(), 0))
                    .isInstanceOfSatisfying(
                            TarnException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL))
                    .hasMessageStartingWith(
                            "Cannot start service 'kafka': port " + port + " on 127.0.0.1 is taken by process "
                                    + ProcessHandle.current().pid() + " (java). End that program, or let Tarn choose")
                    .hasMessageEndingWith("[PORT_TAKEN]");
            // Our own process on its own port is no stranger.
            Preflight.check(lake, ports, List.of(service), List.of("kafka"), List.of(), List.of(), 0);
        }
    }

    @Test
    void fullDiskSaysHowMuchIsFreeAndHowMuchIsNeeded() {
        assertThatThrownBy(
                        () -> Preflight.check(lake, ports, List.of(), List.of(), List.of(), List.of(), Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCES))
                .hasMessageMatching("Cannot start the lake in '" + lake.root() + "': its disk has \\d+ MiB free, and"
                        + " 8796093022207 MiB are needed\\. Make room, or lower limits\\.free-disk in lake\\.yaml\\."
                        + " \\[DISK_FULL]");
    }

    @Test
    void unreachableServiceIsNamedWithAddressAndCause() {
        ExternalService kafka = new ExternalService("kafka", "127.0.0.1:1", "'kafka' in lake.yaml");

        assertThatThrownBy(() -> Preflight.check(lake, ports, List.of(), List.of(), List.of(kafka), List.of(), 0))
                .hasMessage("Cannot reach kafka at '127.0.0.1:1': Connection refused. Start it, or correct 'kafka' in"
                        + " lake.yaml. [UNREACHABLE]");
    }

    @Test
    void oneLiveServerOfSeveralIsEnough() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ExternalService kafka = new ExternalService(
                    "kafka", "127.0.0.1:1, 127.0.0.1:" + server.getLocalPort(), "'kafka' in lake.yaml");

            assertThat(kafka.problem()).isEmpty();
        }
    }

    @Test
    void severalProblemsAreReportedTogether() {
        ExternalService kafka = new ExternalService("kafka", "127.0.0.1:1", "'kafka' in lake.yaml");
        ExternalService registry = new ExternalService("registry", "http://127.0.0.1:2", "'registry' in lake.yaml");

        assertThatThrownBy(() ->
                        Preflight.check(lake, ports, List.of(), List.of(), List.of(kafka, registry), List.of(), 0))
                .hasMessageContaining("2 things are in the way.")
                .hasMessageContaining("\n  - Cannot reach kafka at '127.0.0.1:1'")
                .hasMessageContaining("\n  - Cannot reach registry at 'http://127.0.0.1:2'");
    }
}
