package dev.tarn.services.registry;

import dev.tarn.model.TarnException;
import dev.tarn.services.HttpProbe;
import dev.tarn.services.JavaProgram;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.OddPath;
import dev.tarn.services.Ports;
import dev.tarn.services.ProcessSpec;
import dev.tarn.services.ProgramHome;
import dev.tarn.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The embedded schema registry: Apicurio with an H2 file database under {@code .tarn/registry/}. */
public final class RegistryService implements Service {
    private final ProgramHome home;
    private final LakeDirectory lake;
    private final long heapBytes;
    private final int port;

    /** @param heapBytes the largest heap of the process */
    public RegistryService(ProgramHome home, LakeDirectory lake, Ports ports, long heapBytes) {
        this.home = home;
        this.lake = lake;
        this.heapBytes = heapBytes;
        this.port = ports.port("registry");
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public String version() {
        return home.versionOf("registry", "apicurio-registry-app");
    }

    @Override
    public Map<String, String> addresses() {
        return Map.of("http", url());
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public List<TarnException> problems() {
        return OddPath.problem(
                        name(),
                        lake.root(),
                        ';',
                        "the registry's database takes it for the end of the path",
                        "Move the lake to a path without it.")
                .stream()
                .toList();
    }

    @Override
    public void prepare() {
        try {
            Files.createDirectories(lake.data(name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ProcessSpec process() {
        Path database = lake.data(name()).resolve("registry");
        return new JavaProgram(home, "registry")
                .heap(heapBytes)
                .flags(List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-Dapicurio.storage.kind=sql",
                        "-Dapicurio.storage.sql.kind=h2",
                        // H2 by itself answers "committed" up to half a second before it writes: a schema whose id is
                        // in
                        // events already would be gone after a kill.
                        "-Dapicurio.datasource.url=jdbc:h2:file:" + database + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
                        // The database is a file of the lake's owner and is reached from within this process alone.
                        "-Dapicurio.datasource.username=sa",
                        "-Dapicurio.datasource.password=sa",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port))
                .entry("-jar", home.jars(name()).get(0).toString())
                .in(lake.data(name()));
    }

    @Override
    public boolean answers() {
        return HttpProbe.answers(url() + "/apis/registry/v2/system/info");
    }

    /** The base address of its APIs. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }
}
