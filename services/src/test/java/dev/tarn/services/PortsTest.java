package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
