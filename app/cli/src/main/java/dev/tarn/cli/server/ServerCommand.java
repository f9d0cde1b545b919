package dev.tarn.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line that runs {@code dev.tarn.server.Main} in a process of its own. */
final class ServerCommand {
    private final ProgramHome home;

    ServerCommand(ProgramHome home) {
        this.home = home;
    }

    /** For a server that outlives this command: Ctrl-C in the terminal must not reach it. */
    List<String> detached(List<String> arguments) {
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(attached(arguments));
        return command;
    }

    /** For work that this command waits for. */
    List<String> attached(List<String> arguments) {
        List<Path> jars = home.serverJars();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(classDataArchive(jars));
        // The JDK's HTTP server sends head and body one by one, and a client confirms the first after 40 ms.
        command.add("-Dsun.net.httpserver.nodelay=true");
        command.add("-Dtarn.home=" + home.directory());
        command.addAll(List.of("-cp", ProgramHome.classPath(jars), "dev.tarn.server.Main"));
        command.addAll(arguments);
        return command;
    }

    /** Uses the archive of an earlier run, or has this run leave one. The JVM is silent about an unusable archive. */
    private List<String> classDataArchive(List<Path> jars) {
        Path archive = home.serverArchive();
        try {
            if (Files.isRegularFile(archive) && !isOutdated(archive, jars)) {
                return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
            }
            Files.createDirectories(archive.getParent());
            Files.deleteIfExists(archive);
            if (Files.isWritable(archive.getParent())) {
                return List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable");
            }
        } catch (IOException e) {
            // A program home that cannot be written: the server starts some tenths of a second slower.
        }
        return List.of();
    }

    private static boolean isOutdated(Path archive, List<Path> jars) throws IOException {
        for (Path jar : jars) {
            if (Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(archive)) > 0) {
                return true;
            }
        }
        return false;
    }

    private static List<String> ownSession() {
        if (isOnPath("setsid")) {
            return List.of("setsid");
        }
        if (isOnPath("perl")) {
            return List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV");
        }
        // The JVM leaves signals alone that are ignored when it starts.
        return List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
