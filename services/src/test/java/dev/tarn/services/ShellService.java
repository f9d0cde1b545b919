package dev.tarn.services;

import dev.tarn.model.TarnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real process that is quick to start: a shell script that answers by making a file. */
class ShellService implements Service {
    private final LakeDirectory lake;
    private final String name;
    private final String script;
    private final List<Integer> ports;

    /** @param script runs in the lake's state folder; the service answers while the file {@code NAME.up} is there */
    ShellService(LakeDirectory lake, String name, String script, Integer... ports) {
        this.lake = lake;
        this.name = name;
        this.script = script;
        this.ports = List.of(ports);
    }

    /** Runs until it gets a signal. */
    static ShellService lasting(LakeDirectory lake, String name) {
        return new ShellService(
                lake,
                name,
                "trap 'rm -f " + name + ".up; exit 0' TERM INT; touch " + name + ".up; while :; do sleep 0.05; done");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Map<String, String> addresses() {
        return Map.of();
    }

    @Override
    public List<Integer> ports() {
        return ports;
    }

    @Override
    public List<TarnException> problems() {
        return List.of();
    }

    @Override
    public void prepare() {}

    @Override
    public ProcessSpec process() {
        return new ProcessSpec(List.of("sh", "-c", script), Map.of(), lake.state(), "", Optional.empty());
    }

    @Override
    public boolean answers() {
        return Files.exists(sign());
    }

    Path sign() {
        return lake.state().resolve(name + ".up");
    }
}
