package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Work on topics, which takes a Kafka client: a process of its own has one. It is told what to do, and the passwords that
 * it takes, on its standard input; its words go to this terminal.
 */
public final class TopicWork {
    private final ProgramHome home;
    private final ServerClient server;
    private final LakeLocation lake;

    private TopicWork(ProgramHome home, ServerClient server, LakeLocation lake) {
        this.home = home;
        this.server = server;
        this.lake = lake;
    }

    /** In a lake that must run. */
    public static TopicWork of(ProgramHome home, LakeLocation lake) {
        return new TopicWork(home, ServerClient.of(lake), lake);
    }

    /** The schemas of a topic, registered where they are not yet, as the process takes them. */
    public Map<String, Object> schemas(Map<String, Object> question) {
        return server.ask(
                "find the schema of topic '" + question.get("topic") + "'",
                "POST",
                "/api/v1/topics/schemas",
                json(question),
                JsonFields::values);
    }

    /** Does it, and returns the exit code; the process has told why. */
    public int run(Map<String, Object> work) {
        return run(work, ProcessBuilder.Redirect.INHERIT, process -> {});
    }

    /** Does it, and takes the objects that it finds as they come. */
    public int run(Map<String, Object> work, Consumer<Map<String, Object>> found) {
        return run(work, ProcessBuilder.Redirect.PIPE, process -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    found.accept(JSON.std
                            .with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
                            .mapFrom(line));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private int run(Map<String, Object> work, ProcessBuilder.Redirect out, Consumer<Process> read) {
        Map<String, Object> request = new LinkedHashMap<>(work);
        Map<String, Object> access = server.ask("find Kafka", "GET", "/api/v1/topics/access", "", JsonFields::values);
        request.put("access", access);
        try {
            List<Path> jars = jars(access);
            ClassDataArchive archive = ClassDataArchive.of(home, "topics");
            Process process = new ProcessBuilder(command(archive, jars))
                    .directory(lake.directory().toFile())
                    .redirectOutput(out)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // It says how far it came before it ends, and this command should not end before it.
            Thread hook = new Thread(() -> end(process), "end-topics");
            Runtime.getRuntime().addShutdownHook(hook);
            int exitCode;
            // Open until the end: should this command be killed, the process sees that it is alone.
            try (OutputStream in = process.getOutputStream()) {
                in.write((json(request) + "\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
                read.accept(process);
                exitCode = process.waitFor();
            }
            archive.keep();
            forget(hook);
            return exitCode;
        } catch (IOException e) {
            throw new TarnException(
                    ErrorKind.INTERNAL,
                    "PROCESS",
                    "Cannot work on topics: the process that does ended at once (" + e.getMessage() + "). Try again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ErrorKind.INTERNAL.exitCode();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Ctrl-C: it runs already, and this command ends with it.
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> jars(Map<String, Object> access) {
        List<Path> jars = new ArrayList<>(home.jars("topics"));
        if (access.get("libraries") instanceof List<?> folders) {
            folders.forEach(folder -> jars.addAll(home.jars(String.valueOf(folder))));
        }
        return jars;
    }

    private static List<String> command(ClassDataArchive archive, List<Path> jars) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(archive.flags());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                "-cp",
                ProgramHome.classPath(jars),
                "dev.tarn.processes.topics.TopicsProcess"));
        return command;
    }

    private static String json(Map<String, ?> document) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
