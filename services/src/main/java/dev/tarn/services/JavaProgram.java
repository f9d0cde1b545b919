package dev.tarn.services;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the command of an embedded Java process: class path, heap, flags, and the class-data archive that roughly
 * halves its start. The first run writes the archive when it ends; every later run reads it.
 */
public final class JavaProgram {
    /** The variable whose words are flags for the virtual machines of all services; they count after our own. */
    public static final String OPTIONS = "TARN_JAVA_OPTIONS";

    private final ProgramHome home;
    private final String process;
    private final List<String> flags = new ArrayList<>();
    private List<String> libraries = List.of();
    private List<String> entry = List.of();
    private String configuration = "";
    private Map<String, String> environment = Map.of();

    /** @param process the name of the class path folder under {@code lib/} */
    public JavaProgram(ProgramHome home, String process) {
        this.home = home;
        this.process = process;
        // One flag set for all: small heaps on two cores do best with the serial collector.
        flags.add("-XX:+UseSerialGC");
        // What a start loads exceeds the default of 21 MB several times, and each time is a collection of the whole
        // heap.
        flags.add("-XX:MetaspaceSize=128m");
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-Dfile.encoding=UTF-8");
        flags.add("-Duser.timezone=UTC");
        flags.add("-Djava.net.preferIPv4Stack=true");
        // The JDK's HTTP server sends head and body one by one, and a client confirms the first after 40 ms.
        flags.add("-Dsun.net.httpserver.nodelay=true");
    }

    /** The largest heap, in bytes. */
    public JavaProgram heap(long bytes) {
        flags.add("-Xmx" + bytes / 1024 + "k");
        return this;
    }

    /** Adds flags of the virtual machine. */
    public JavaProgram flags(List<String> more) {
        flags.addAll(more);
        return this;
    }

    /** Runs this main class, or the jar that {@code -jar} names, with its arguments. */
    public JavaProgram entry(String... words) {
        entry = List.of(words);
        return this;
    }

    /** Adds folders under {@code lib/} to the end of the class path. */
    public JavaProgram libraries(List<String> folders) {
        libraries = List.copyOf(folders);
        return this;
    }

    /** The content of the files that the process reads at its start. */
    public JavaProgram configuration(String content) {
        configuration = content;
        return this;
    }

    /** Adds variables to the process's environment. */
    public JavaProgram environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /**
     * The finished command.
     *
     * @param directory where the process runs
     */
    public ProcessSpec in(Path directory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        // Engines leave folders and unpacked libraries in the temporary folder: they belong to the lake.
        command.add("-Djava.io.tmpdir=" + directory.resolveSibling("tmp"));
        Path archive = home.archives().resolve(process + "-" + Runtime.version() + "-" + jarsFingerprint() + ".jsa");
        Optional<Path> archiveToWrite = Optional.empty();
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        } else if (writable(home.archives())) {
            Path draft =
                    archive.resolveSibling(archive.getFileName() + "." + Integer.toHexString(directory.hashCode()));
            command.add("-XX:ArchiveClassesAtExit=" + draft);
            archiveToWrite = Optional.of(draft);
        }
        command.add("-Xshare:auto");
        command.add("-Xlog:disable");
        command.add("-Xlog:all=error:stderr");
        command.add("-Xlog:cds=off");
        command.add("-Xlog:cds+dynamic=off");
        // Last, so that they count where ours say something else.
        command.addAll(words(System.getenv(OPTIONS)));
        if (!entry.contains("-jar")) {
            command.add("-cp");
            command.add(jars().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        command.addAll(entry);
        Map<String, String> variables = new HashMap<>(environment);
        // The C library gives each thread memory of its own to take from, and keeps most of it: 100 MB with many
        // threads.
        variables.putIfAbsent("MALLOC_ARENA_MAX", "2");
        return new ProcessSpec(command, variables, directory, configuration, archiveToWrite);
    }

    static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private Stream<Path> jars() {
        return Stream.concat(Stream.of(process), libraries.stream()).flatMap(folder -> home.jars(folder).stream());
    }

    // An archive holds for the very jars that it was made from; the virtual machine refuses it silently otherwise.
    private String jarsFingerprint() {
        int hash = 1;
        for (Path jar : jars().toList()) {
            File file = jar.toFile();
            hash = 31 * hash + java.util.Objects.hash(file.getPath(), file.length(), file.lastModified());
        }
        return Integer.toHexString(hash);
    }

    private static boolean writable(Path folder) {
        File file = folder.toFile();
        return (file.isDirectory() || file.mkdirs()) && file.canWrite();
    }
}
