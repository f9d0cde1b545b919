package dev.tarn.collect.load;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a source that are to be loaded past Kafka. The sinks do it, and are asked by files: {@code TABLE.request}
 * first holds the table of the lake as it is, so that no change makes half a table visible, and says go once Debezium reads
 * the log with that table in it. What commits after that is in the log that it reads; what committed before, the sink finds
 * in the database; and it waits for what was open. {@code LoadFiles} of the lake sink is the other side.
 *
 * <p>What is still to be done stands in a file: a process that is killed loses no request, and a load that was interrupted
 * begins anew.
 */
public final class DirectLoads {
    private final Path list;
    private final Path folder;
    private long readerBefore;

    private record Progress(String id, LoadStatus status) {}

    /**
     * @param list the file of what is to be done: an id and a table in each line
     * @param folder of the files through which sinks are asked
     */
    public DirectLoads(Path list, Path folder) {
        this.list = list;
        this.folder = folder;
    }

    /** Whether anything is still to be done. */
    public boolean isPending() throws IOException {
        return !pending().isEmpty();
    }

    /**
     * Notes tables before the connector learns of them, or when they are to be loaded anew.
     *
     * @param reader who reads the slot until then: he knows nothing of these tables; 0 if he does
     */
    public void add(Collection<CapturedTable> tables, long reader) throws IOException {
        Map<String, String> all = pending();
        for (CapturedTable table : tables) {
            all.put(table.table().fullName(), UUID.randomUUID().toString());
        }
        readerBefore = reader;
        write(all);
        for (CapturedTable table : tables) {
            for (LakeTable target : table.lakeTables()) {
                ask(target.name(), all.getOrDefault(table.table().fullName(), ""), false);
            }
        }
    }

    /**
     * Goes one step further. Called while the connector streams with all tables in its settings.
     *
     * @param reader who reads the slot now
     * @return tables that cannot be read so, with the reason; they are forgotten here
     */
    public List<LoadStatus> advance(List<CapturedTable> captured, long reader) throws IOException {
        Map<String, String> all = pending();
        if (all.isEmpty() || reader == readerBefore) {
            return List.of();
        }
        List<LoadStatus> unfit = new ArrayList<>();
        List<String> over = new ArrayList<>();
        for (Map.Entry<String, String> each : all.entrySet()) {
            Optional<CapturedTable> table = captured.stream()
                    .filter(known -> known.table().fullName().equals(each.getKey()))
                    .findFirst();
            if (table.isEmpty()) {
                over.add(each.getKey());
                continue;
            }
            List<LoadStatus> ends = new ArrayList<>();
            for (LakeTable target : table.orElseThrow().lakeTables()) {
                end(each.getKey(), target.name(), each.getValue()).ifPresent(ends::add);
            }
            if (ends.size() == table.orElseThrow().lakeTables().size()) {
                over.add(each.getKey());
                ends.stream()
                        .filter(end -> end.phase() == LoadStatus.Phase.UNFIT)
                        .findFirst()
                        .ifPresent(unfit::add);
            }
        }
        if (!over.isEmpty()) {
            over.forEach(all::remove);
            write(all);
        }
        return unfit;
    }

    /** How the load of a table ended; asks for it if it has not. */
    private Optional<LoadStatus> end(String table, String target, String id) throws IOException {
        Optional<LoadStatus> ended = progress(table, target)
                .filter(progress -> progress.id().equals(id))
                .map(Progress::status)
                .filter(status -> status.phase().isEnd());
        if (ended.isEmpty()) {
            ask(target, id, true);
        }
        return ended;
    }

    /** Forgets all, and lets the sinks go on; what was to be done. */
    public List<String> cancel(List<CapturedTable> captured) throws IOException {
        Map<String, String> all = pending();
        write(Map.of());
        for (CapturedTable table : captured) {
            for (LakeTable target : table.lakeTables()) {
                Files.deleteIfExists(request(target.name()));
            }
        }
        return List.copyOf(all.keySet());
    }

    /** How far the loads are that are still to be done. */
    public List<LoadStatus> statuses(List<CapturedTable> captured) throws IOException {
        Map<String, String> all = pending();
        List<LoadStatus> statuses = new ArrayList<>();
        for (CapturedTable table : captured) {
            String name = table.table().fullName();
            String id = all.get(name);
            if (id != null) {
                for (LakeTable target : table.lakeTables()) {
                    statuses.add(progress(name, target.name())
                            .filter(progress -> progress.id().equals(id))
                            .map(Progress::status)
                            .orElseGet(() -> LoadStatus.asked(name, target.name())));
                }
            }
        }
        return statuses;
    }

    /** The tables that are still to be loaded, and the ids of their requests. */
    private Map<String, String> pending() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        if (Files.exists(list)) {
            for (String line : Files.readAllLines(list)) {
                int space = line.indexOf(' ');
                all.put(line.substring(space + 1), line.substring(0, space));
            }
        }
        return all;
    }

    private void write(Map<String, String> all) throws IOException {
        if (all.isEmpty()) {
            Files.deleteIfExists(list);
            return;
        }
        Files.createDirectories(list.resolveSibling("."));
        replace(
                list,
                all.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey() + "\n")
                        .collect(Collectors.joining()));
    }

    private void ask(String target, String id, boolean go) throws IOException {
        String text = JSON.std.asString(Map.of("id", id, "go", go));
        Path request = request(target);
        if (Files.exists(request) && Files.readString(request).equals(text)) {
            return;
        }
        Files.createDirectories(folder);
        replace(request, text);
    }

    private Path request(String target) {
        return folder.resolve(target + ".request");
    }

    private Optional<Progress> progress(String table, String target) throws IOException {
        try {
            Map<String, Object> fields = JSON.std.mapFrom(Files.readAllBytes(folder.resolve(target + ".progress")));
            @Nullable Object message = fields.get("message");
            return Optional.of(new Progress(
                    String.valueOf(fields.get("id")),
                    new LoadStatus(
                            table,
                            target,
                            LoadStatus.Phase.valueOf(String.valueOf(fields.get("phase"))),
                            number(fields, "rows"),
                            number(fields, "bytes"),
                            number(fields, "expectedRows"),
                            number(fields, "millis"),
                            message == null ? null : message.toString())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
