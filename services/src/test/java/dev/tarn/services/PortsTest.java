package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @TempDir
    private Path folder;

    @Test
    void chosenPortIsKeptForTheNextStart() {
        LakeDirectory lake = new LakeDirectory(folder);
        int port = Ports.of(lake).port("kafka");

        assertThat(Ports.of(lake).port("kafka")).isEqualTo(port);
        assertThat(Ports.of(lake).port("connect")).isNotEqualTo(port);
    }

    @Test
    void forgottenPortsAreChosenAnew() {
        LakeDirectory lake = new LakeDirectory(folder);
        Ports.of(lake).port("kafka");

        Ports.of(lake).forget();

        assertThat(Ports.of(lake).file()).content().doesNotContain("kafka");
    }

    @Test
    void portOfThisStartIsChosenAnewUnlessAClientMayKnowIt() {
        LakeDirectory lake = new LakeDirectory(folder);
        int earlier = Ports.of(lake).port("kafka");
        Ports ports = Ports.of(lake);
        int known = ports.port("registry");
        int unknown = ports.port("connect");
        ports.settle(known);
        assertThat(ports.isFresh(ports.port("kafka"))).isFalse();
        assertThat(ports.isFresh(known)).isFalse();
        assertThat(ports.isFresh(unknown)).isTrue();

        ports.forgetFresh();

        assertThat(Ports.of(lake).file()).content().doesNotContain("connect=");
        assertThat(ports.port("kafka")).isEqualTo(earlier);
        assertThat(ports.port("registry")).isEqualTo(known);
        assertThat(ports.isFresh(ports.port("connect"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "65536", "9092x"})
    void portThatIsNoneIsRefusedByNameAndValue(String value) {
        LakeDirectory lake = new LakeDirectory(folder);
        lake.create();
        Path file = Ports.of(lake).file();
        PrivateFile.write(file, "kafka=" + value + "\n");

        assertThatThrownBy(() -> Ports.of(lake).port("kafka"))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
                .hasMessage("Cannot use the ports in '" + file + "': 'kafka' is '" + value
                        + "', which is no number from 1 to 65535. Correct it, or delete the file to choose anew."
                        + " [PORTS_INVALID]");
    }

    @Test
    void fileThatIsNoPropertiesIsRefused() {
        LakeDirectory lake = new LakeDirectory(folder);
        lake.create();
        Path file = Ports.of(lake).file();
        PrivateFile.write(file, "kafka=\\u12\n");

        assertThatThrownBy(() -> Ports.of(lake))
                .hasMessage("Cannot use the ports in '" + file + "': it has a \\u without four digits. Correct it, or"
                        + " delete the file to choose anew. [PORTS_INVALID]");
    }

    @Test
    void holderOfATakenPortIsNamed() throws Exception {
        Ports ports = Ports.of(new LakeDirectory(folder));
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = stranger.getLocalPort();

            assertThat(ports.taken("the server", port, null))
                    .hasMessage("Cannot start the server: port " + port + " on 127.0.0.1 is taken by process "
                            + ProcessHandle.current().pid() + " (java). End that program, or let Tarn choose other"
                            + " ports: tarn up --new-ports. (The lake's ports are in '" + ports.file()
                            + "'.) [PORT_TAKEN]");
        }
    }

    @Test
    void stateIsReadableByItsOwnerAlone() throws Exception {
        LakeDirectory lake = new LakeDirectory(folder);
        lake.create();
        Path ports = Ports.of(lake).file();
        Ports.of(lake).port("kafka");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lake.state())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ports)))
                .isEqualTo("rw-------");
    }
}
