package dev.tarn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.services.LakeDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeLockTest {
    @TempDir
    private Path folder;

    /** A server that takes the lock, says so, and holds it until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (LakeLock lock = LakeLock.acquire(
                    new LakeDirectory(Path.of(arguments[0])), LakeLock.Purpose.valueOf(arguments[1]))) {
                System.out.println("holds");
                while (System.in.read() >= 0) {
                    // Until the test lets go.
                }
            } catch (TarnException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void ofTwoServersAtOnceOneRunsTheLakeAndTheOtherNamesIt() throws Exception {
        new LakeDirectory(folder).create();
        List<Process> servers = List.of(start("RUN_LAKE"), start("RUN_LAKE"));
        List<String> words = new ArrayList<>();
        for (Process server : servers) {
            // Not closed: that would end the output of a server which still holds the lock.
            words.add(new BufferedReader(server.inputReader()).readLine());
        }
        Process winner = servers.get(words.indexOf("holds"));
        words.remove("holds");
        assertThat(words)
                .singleElement()
                .asString()
                .matches("Cannot start the lake in '" + folder + "': process " + winner.pid()
                        + " of user \\S+ runs it since \\S+Z\\. 'tarn status' shows it, 'tarn down' stops it\\."
                        + " \\[LAKE_RUNNING]");
        for (Process server : servers) {
            server.outputWriter().close();
            assertThat(server.waitFor()).isZero();
        }
        LakeLock.acquire(new LakeDirectory(folder), LakeLock.Purpose.RUN_LAKE).close();
    }

    @Test
    void refusalSaysWhatTheHolderDoes() throws Exception {
        LakeDirectory lake = new LakeDirectory(folder);
        lake.create();
        Process holder = start("END_LEFTOVERS");
        assertThat(new BufferedReader(holder.inputReader()).readLine()).isEqualTo("holds");

        assertThatThrownBy(() -> LakeLock.acquire(lake, LakeLock.Purpose.RUN_LAKE))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
                .hasMessageMatching(
                        "Cannot start the lake in '" + folder + "': process " + holder.pid()
                                + " of user \\S+ ends what a killed server of it left behind since \\S+Z\\. .*\\[LAKE_RUNNING]");

        holder.outputWriter().close();
        assertThat(holder.waitFor()).isZero();
    }

    private Process start(String purpose) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString(),
                        purpose)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
