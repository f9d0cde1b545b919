package dev.tarn.services.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Ports;
import dev.tarn.services.ProgramHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootUserTest {
    @TempDir
    private Path folder;

    @Test
    void rootWithoutUserNamespacesIsToldTheWaysOut() {
        assertThat(service(new RootUser(true, "false")).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem)
                            .hasMessage(
                                    "Cannot start service 'postgres': PostgreSQL does not run as root, and this machine lets"
                                            + " root make no user namespace ('unshare -U' failed). Run Tarn as a normal user, or point"
                                            + " the source at a PostgreSQL of your own: postgres: {url:"
                                            + " 'jdbc:postgresql://host/database'} in sources/*.yaml. [POSTGRES_ROOT]");
                    assertThat(problem.kind().exitCode()).isEqualTo(2);
                });
    }

    @Test
    void machineWithoutTheProgramIsTheSame() {
        assertThat(new RootUser(true, folder.resolve("unshare").toString()).isStuck())
                .isTrue();
    }

    @Test
    void rootWithUserNamespacesAndNormalUsersMayStart() {
        assertThat(service(new RootUser(true, "true")).problems()).isEmpty();
        assertThat(service(new RootUser(false, "false")).problems()).isEmpty();
    }

    @Test
    void onlyRootNeedsANamespace() {
        assertThat(new RootUser(true, "unshare").command(List.of("initdb", "-D")))
                .containsExactly("unshare", "-U", "initdb", "-D");
        assertThat(new RootUser(false, "unshare").command(List.of("initdb"))).containsExactly("initdb");
    }

    @Test
    void rootIsTheUserOfNumberZero() {
        boolean root = new UnixSystem().getUid() == 0;

        assertThat(RootUser.ofThisProcess().command(List.of("postgres"))).hasSize(root ? 3 : 1);
    }

    private PostgresService service(RootUser user) {
        LakeDirectory lake = new LakeDirectory(folder);
        lake.create();
        return new PostgresService(new ProgramHome(folder.resolve("program")), lake, Ports.of(lake), List.of(), user);
    }
}
