package dev.tarn.cli.demo;

import static dev.tarn.cli.demo.DemoPage.add;
import static dev.tarn.cli.demo.DemoPage.require;
import static dev.tarn.cli.demo.DemoPage.text;

import dev.tarn.cli.lake.LakeLocation;
import dev.tarn.cli.server.LakeHistory;
import dev.tarn.cli.server.RowHistory;
import dev.tarn.cli.server.RowVersion;
import dev.tarn.cli.server.TableDiff;
import dev.tarn.cli.server.TableNames;
import dev.tarn.cli.terminal.OutputFormat;
import dev.tarn.cli.terminal.Table;
import dev.tarn.cli.view.HistoryView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The past of the lake: an artist and an artwork that transactions change together, joined as of moments of the source; then
 * every version of the artist, and what differs between two of the moments.
 */
final class PastShow {
    private static final Duration CHANGE = Duration.ofSeconds(60);
    private static final int UPDATES = 5;

    private final DemoPage page;
    private final DemoLake lake;
    private final LakeHistory past;
    private final String stem = Long.toString(System.currentTimeMillis(), 36);

    /** One transaction: the moment after it, and what it left. */
    private record Change(String moment, @Nullable String artist, String artwork) {}

    PastShow(DemoPage page, DemoLake lake, LakeLocation location) {
        this.page = page;
        this.lake = lake;
        this.past = LakeHistory.of(location);
    }

    void show() {
        page.title(
                "Five updates and a delete of an artist, each in one transaction with an artwork: a join at six moments");
        Map<String, @Nullable Object> pair = lake.ask(
                        "SELECT a.artist_id, w.artwork_id FROM moma.artists a JOIN moma.artworks w ON w.artist_id ="
                                + " a.artist_id WHERE a.__deleted = 'false' ORDER BY 1, 2 LIMIT 1")
                .get(0);
        String artist = text(pair, "artist_id");
        String artwork = text(pair, "artwork_id");
        String join = "SELECT a.name, a.__deleted, w.title FROM moma.artists a JOIN moma.artworks w ON w.artist_id ="
                + " a.artist_id WHERE w.artwork_id = " + artwork;
        List<Change> changes = change(artist, artwork, join);
        page.say("tarn sql --as-of MOMENT \"" + join + "\"");
        atEachMoment(join, changes);
        history(artist);
        diff(artist, changes.get(0), changes.get(UPDATES - 1));
    }

    private List<Change> change(String artist, String artwork, String join) {
        List<Change> changes = new ArrayList<>();
        for (int number = 1; number <= UPDATES + 1; number++) {
            String name = number > UPDATES ? null : "Artist " + stem + " no. " + number;
            String title = "Work " + stem + " no. " + number;
            lake.change((name == null
                            ? "DELETE FROM artists WHERE artist_id = " + artist
                            : "UPDATE artists SET name = '" + name + "' WHERE artist_id = " + artist)
                    + "; UPDATE artworks SET title = '" + title + "' WHERE artwork_id = " + artwork);
            changes.add(new Change(lake.sourceTime(), name, title));
            // The next transaction shall not come into the same commits.
            lake.await(
                    "transaction " + number,
                    CHANGE,
                    join,
                    row -> Objects.equals(name, row.get("name")) && title.equals(row.get("title")));
        }
        return changes;
    }

    private void atEachMoment(String join, List<Change> changes) {
        Table shown = Table.of(List.of("--as-of", "artist", "artwork", "__deleted"));
        for (Change change : changes) {
            List<Map<String, @Nullable Object>> rows = lake.askAsOf(join, change.moment(), CHANGE);
            require(
                    "both tables as of " + change.moment(),
                    rows.size() == 1
                            && Objects.equals(rows.get(0).get("name"), change.artist())
                            && change.artwork().equals(rows.get(0).get("title")),
                    "the lake says " + rows);
            add(
                    shown,
                    change.moment(),
                    text(rows.get(0), "name"),
                    text(rows.get(0), "title"),
                    text(rows.get(0), "__deleted"));
        }
        page.print(shown);
    }

    private void history(String artist) {
        page.title("Every version of that artist: tarn table history artists " + artist);
        RowHistory history = past.row(
                new TableNames("moma", "artists", List.of()), artist, Map.of(), UPDATES + 2, LakeHistory.Source.TABLE);
        List<RowVersion> newest = history.versions();
        require(
                "the history of artist " + artist,
                newest.size() > UPDATES
                        && "soft-delete".equals(newest.get(0).operation())
                        && Collections.frequency(
                                        newest.subList(1, UPDATES + 1).stream()
                                                .map(RowVersion::operation)
                                                .toList(),
                                        "update")
                                == UPDATES,
                "the lake says " + newest);
        page.print(HistoryView.versions(newest, version -> false, OutputFormat.TABLE));
    }

    private void diff(String artist, Change first, Change last) {
        page.title("What differs between two of the moments: tarn table diff artists --from " + first.moment()
                + " --to " + last.moment());
        TableDiff diff =
                past.diff(new TableNames("moma", "artists", List.of()), first.moment(), last.moment(), List.of(), 10);
        require(
                "the difference of artist " + artist,
                diff.count() == 1 && diff.changedColumns().equals(Map.of("name", 1L)),
                "the lake says " + diff.answer());
        page.print(HistoryView.differences(diff, OutputFormat.TABLE));
        page.print(HistoryView.summary(diff) + "\n");
    }
}
