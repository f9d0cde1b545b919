package dev.tarn.cli.demo;

import static dev.tarn.cli.demo.DemoPage.add;
import static dev.tarn.cli.demo.DemoPage.number;
import static dev.tarn.cli.demo.DemoPage.require;
import static dev.tarn.cli.demo.DemoPage.text;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeTable;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.server.TableVerdict;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.terminal.Terminal;
import dev.tarn.cli.view.VerdictView;
import dev.tarn.generate.museum.Museum;
import dev.tarn.generate.museum.MuseumTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The show: tables, updates in both views, a soft delete, the past, proof, freshness, size on disk. */
public final class MuseumDemo {
    private static final Duration FIRST_COPY = Duration.ofMinutes(3);
    private static final Duration CHANGE = Duration.ofSeconds(60);
    private static final Duration COMPACTION = Duration.ofMinutes(2);
    private static final int MARKERS = 15;

    private final Terminal terminal;
    private final LakeLocation location;
    private final DemoLake lake;
    private final DemoPage page;

    public MuseumDemo(Terminal terminal, LakeLocation location) {
        this.terminal = terminal;
        this.location = location;
        this.page = new DemoPage(terminal);
        this.lake = new DemoLake(terminal, location, "moma");
    }

    /** Shows everything; throws at the first step that does not show what it should. */
    public void show(Museum museum) throws IOException {
        load(museum);
        tables();
        updates();
        softDelete();
        new PastShow(page, lake, location).show();
        proof();
        freshness();
        size();
    }

    private void load(Museum museum) throws IOException {
        title("Lake '" + location.name() + "', the museum's database: " + museum.count(MuseumTable.ARTISTS)
                + " artists, " + museum.count(MuseumTable.ARTWORKS) + " artworks");
        long there = number(lake.change("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
                        + " AND table_name IN ('artists', 'artworks')")
                .get(0)
                .rows()
                .get(0)
                .get(0));
        if (there == MuseumTable.values().length) {
            terminal.say("The tables are there already, from an earlier demo.");
            return;
        }
        for (MuseumTable table : MuseumTable.values()) {
            lake.change(MuseumRows.sql(museum, table));
            terminal.say("Loaded " + museum.count(table) + " rows into public." + table.tableName()
                    + ". From here on Tarn follows every change.");
        }
    }

    private void tables() {
        title("The same rows as tables of the lake, merge-on-read and copy-on-write");
        for (MuseumTable table : MuseumTable.values()) {
            long rows = number(lake.change("SELECT count(*) FROM " + table.tableName())
                    .get(0)
                    .rows()
                    .get(0)
                    .get(0));
            for (String name : List.of(table.tableName(), table.tableName() + "_cow")) {
                awaitTable(name);
                // Rows that were deleted softly in an earlier demo are still in the lake.
                lake.await(
                        "all rows of " + name + " in the lake",
                        FIRST_COPY,
                        "SELECT count(*) n FROM moma." + name + " WHERE __deleted = 'false'",
                        row -> number(row.get("n")) == rows);
            }
        }
        Table shown = Table.of(List.of("table", "type", "partitioned by", "size", "logs", "source"));
        for (LakeTable table : lake.tables().list()) {
            add(
                    shown,
                    table.names().fullName(),
                    table.type(),
                    String.join(", ", table.partitionColumns()),
                    kibibytes(table.sizeBytes()),
                    String.valueOf(table.logFiles()),
                    table.source());
        }
        print(shown);
    }

    private void updates() {
        title("Four updates of one artwork: at once in artworks_rt, in artworks_ro after compaction");
        // The first copy is partly in logs still: without it in base files, artworks_ro would have nothing old to show.
        lake.compact("moma.artworks", COMPACTION);
        Map<String, @Nullable Object> work = lake.ask(
                        "SELECT artwork_id, title FROM moma.artworks ORDER BY artwork_id LIMIT 1")
                .get(0);
        long id = number(work.get("artwork_id"));
        String stem = "Study " + Long.toString(System.currentTimeMillis(), 36) + ", state ";
        Table shown = Table.of(List.of("update", "artworks_rt", "its file", "artworks_ro", "its file"));
        for (int update = 1; update <= 4; update++) {
            String title = stem + update;
            lake.change("UPDATE artworks SET title = '" + title + "' WHERE artwork_id = " + id);
            Map<String, @Nullable Object> fresh = lake.await(
                    "update " + update + " in artworks_rt",
                    CHANGE,
                    view("artworks_rt", "artwork_id = " + id, "title"),
                    row -> title.equals(row.get("title")));
            require("update " + update, !file(fresh).endsWith(".parquet"), "it came from " + file(fresh) + ", no log");
            List<Map<String, @Nullable Object>> old = lake.ask(view("artworks_ro", "artwork_id = " + id, "title"));
            require(
                    "update " + update + " not yet in artworks_ro",
                    old.stream().noneMatch(row -> title.equals(row.get("title"))),
                    "it is there before compaction");
            add(
                    shown,
                    String.valueOf(update),
                    title,
                    kind(fresh),
                    old.isEmpty() ? "(in logs alone)" : text(old.get(0), "title"),
                    old.isEmpty() ? "" : kind(old.get(0)));
        }
        lake.compact("moma.artworks", COMPACTION);
        Map<String, @Nullable Object> compacted = lake.await(
                "compaction",
                CHANGE,
                view("artworks_ro", "artwork_id = " + id, "title"),
                row -> (stem + 4).equals(row.get("title")));
        require("compaction", file(compacted).endsWith(".parquet"), "the row is in " + file(compacted));
        add(shown, "compaction", stem + 4, "", text(compacted, "title"), kind(compacted));
        print(shown);
    }

    private void softDelete() {
        title("A soft delete of one artist: key and partition stay, the rest is null, __deleted says so");
        long id = number(lake.ask("SELECT max(artist_id) n FROM moma.artists WHERE __deleted = 'false'")
                .get(0)
                .get("n"));
        lake.change("DELETE FROM artists WHERE artist_id = " + id);
        Table shown = Table.of(List.of("view", "artist_id", "name", "nationality", "__deleted"));
        for (String view : List.of("artists_rt", "artists_cow")) {
            add(shown, deleted(view, id));
        }
        lake.compact("moma.artists", COMPACTION);
        add(shown, deleted("artists_ro", id));
        print(shown);
    }

    private String[] deleted(String view, long id) {
        Map<String, @Nullable Object> row = lake.await(
                "the soft delete in " + view,
                CHANGE,
                "SELECT artist_id, name, nationality, __deleted FROM moma." + view + " WHERE artist_id = " + id,
                found -> "true".equals(found.get("__deleted")));
        require("the soft delete in " + view, row.get("name") == null, "the name is still " + row.get("name"));
        return new String[] {
            view, text(row, "artist_id"), text(row, "name"), text(row, "nationality"), text(row, "__deleted")
        };
    }

    private void proof() {
        title("Proof that tables are what their sources are: every row, value by value");
        for (LakeTable table : lake.tables().list()) {
            TableVerdict verdict = lake.verify(table.names());
            page.print(VerdictView.text(verdict));
            require("table " + table.names().fullName(), verdict.equal(), "it is not what its source is");
        }
    }

    private void freshness() {
        title("Freshness: from the commit in the source to the answer of a query");
        long id = number(
                lake.ask("SELECT min(artwork_id) n FROM moma.artworks").get(0).get("n"));
        List<Long> millis = new ArrayList<>();
        for (int marker = 0; marker < MARKERS; marker++) {
            String title = "Marker " + System.nanoTime();
            lake.change("UPDATE artworks SET title = '" + title + "' WHERE artwork_id = " + id);
            long start = System.nanoTime();
            lake.await(
                    "a change in the lake",
                    CHANGE,
                    view("artworks", "artwork_id = " + id, "title"),
                    row -> title.equals(row.get("title")));
            millis.add((System.nanoTime() - start) / 1_000_000);
        }
        millis.sort(null);
        terminal.say(MARKERS + " changes, one at a time: half were answered within " + millis.get(MARKERS / 2)
                + " ms, all within " + millis.get(MARKERS - 1) + " ms, the query itself included.");
    }

    private void size() {
        title("Size on disk");
        long total = 0;
        Table shown = Table.of(List.of("table", "newest files", "kept for time travel"));
        for (LakeTable table : lake.tables().list()) {
            total += Objects.requireNonNullElse(table.sizeBytes(), 0L);
            add(shown, table.names().fullName(), kibibytes(table.sizeBytes()), kibibytes(table.olderBytes()));
        }
        print(shown);
        require("the size", total > 0, "the tables have no files");
    }

    /** A table appears in the catalog with its first commit. */
    private void awaitTable(String name) {
        long deadline = System.nanoTime() + FIRST_COPY.toNanos();
        while (lake.tables().list().stream()
                .map(LakeTable::names)
                .map(TableNames::fullName)
                .noneMatch(("moma." + name)::equals)) {
            if (System.nanoTime() > deadline) {
                throw DemoFailure.of("table moma." + name, "it did not appear within " + FIRST_COPY.toSeconds() + " s");
            }
            lake.pause("table moma." + name);
        }
    }

    private static String view(String view, String condition, String column) {
        return "SELECT " + column + ", _hoodie_file_name, _hoodie_commit_time FROM moma." + view + " WHERE "
                + condition;
    }

    private static String file(Map<String, @Nullable Object> row) {
        return text(row, "_hoodie_file_name");
    }

    private static String kind(Map<String, @Nullable Object> row) {
        return file(row).endsWith(".parquet") ? "Parquet" : "log";
    }

    private static String kibibytes(@Nullable Long bytes) {
        return bytes == null ? "" : String.format(Locale.ROOT, "%,d KiB", bytes / 1024);
    }

    private void title(String words) {
        page.title(words);
    }

    private void print(Table table) {
        page.print(table);
    }
}
