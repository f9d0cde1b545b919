package dev.tarn.collect.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.collect.CapturedTable;
import dev.tarn.collect.Tables;
import dev.tarn.settings.source.TableType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectLoadsTest {
    private static final long READER = 4711;
    private static final CapturedTable ARTISTS = captured("artists", TableType.MERGE_ON_READ);
    private static final CapturedTable ARTWORKS =
            captured("artworks", TableType.MERGE_ON_READ, TableType.COPY_ON_WRITE);
    private static final List<CapturedTable> BOTH = List.of(ARTISTS, ARTWORKS);

    @TempDir
    private Path folder;

    private DirectLoads loads;

    @BeforeEach
    void open() {
        loads = new DirectLoads(folder.resolve("moma.loads"), folder.resolve("loads"));
    }

    @Test
    void tablesAreHeldUntilAReaderOfTheLogKnowsThem() throws IOException {
        loads.add(BOTH, READER);
        assertThat(request("artists")).containsEntry("go", false);

        assertThat(loads.advance(BOTH, READER)).isEmpty();
        assertThat(request("artworks")).containsEntry("go", false);

        assertThat(loads.advance(BOTH, READER + 1)).isEmpty();
        assertThat(List.of(request("artists"), request("artworks"), request("artworks_cow")))
                .allSatisfy(request -> assertThat(request).containsEntry("go", true));
        assertThat(loads.isPending()).isTrue();
    }

    @Test
    void tableIsDoneWhenEachOfItsTablesInTheLakeIs() throws IOException {
        loads.add(List.of(ARTWORKS), 0);
        loads.advance(BOTH, READER);
        over("artworks", "DONE");
        loads.advance(BOTH, READER);
        assertThat(loads.isPending()).isTrue();
        assertThat(Files.exists(folder.resolve("loads/artworks.request")))
                .as("what is done is not asked for again")
                .isFalse();

        over("artworks_cow", "DONE");

        assertThat(loads.advance(BOTH, READER)).isEmpty();
        assertThat(loads.isPending()).isFalse();
        assertThat(loads.statuses(BOTH)).isEmpty();
    }

    @Test
    void howALoadOfBeforeEndedDoesNotCount() throws IOException {
        loads.add(List.of(ARTISTS), 0);
        loads.advance(BOTH, READER);
        over("artists", "DONE");
        loads.advance(BOTH, READER);

        loads.add(List.of(ARTISTS), 0);

        assertThat(loads.advance(BOTH, READER)).isEmpty();
        assertThat(loads.isPending()).isTrue();
        assertThat(request("artists")).containsEntry("go", true);
        assertThat(loads.statuses(BOTH)).extracting(LoadStatus::phase).containsExactly(LoadStatus.Phase.ASKED);
    }

    @Test
    void tablesThatCannotBeReadSoAreNamedAndForgotten() throws IOException {
        loads.add(BOTH, 0);
        loads.advance(BOTH, READER);
        over("artists", "UNFIT");

        assertThat(loads.advance(BOTH, READER)).extracting(LoadStatus::table).containsExactly("public.artists");
        assertThat(loads.advance(BOTH, READER)).isEmpty();
        assertThat(loads.isPending()).isTrue();
    }

    @Test
    void whatIsToBeDoneOutlivesTheProcess() throws IOException {
        loads.add(BOTH, READER);
        Files.delete(folder.resolve("loads/artists.request"));

        open();

        assertThat(loads.isPending()).isTrue();
        loads.advance(BOTH, READER + 1);
        assertThat(request("artists")).containsEntry("go", true);
    }

    @Test
    void tableThatTheSettingsNoLongerNameIsForgotten() throws IOException {
        loads.add(BOTH, 0);
        loads.advance(List.of(ARTWORKS), READER);
        over("artworks", "DONE");
        over("artworks_cow", "DONE");

        loads.advance(List.of(ARTWORKS), READER);

        assertThat(loads.isPending()).isFalse();
    }

    @Test
    void howFarALoadIsIsToldInWords() throws IOException {
        loads.add(List.of(ARTISTS), 0);
        loads.advance(BOTH, READER);
        progress(
                "artists",
                Map.of(
                        "phase",
                        "READING",
                        "rows",
                        30_000,
                        "bytes",
                        4_500_000,
                        "expectedRows",
                        90_000,
                        "millis",
                        1_500));
        assertThat(loads.statuses(BOTH))
                .extracting(LoadStatus::text)
                .containsExactly(
                        "public.artists: 30,000 of about 90,000 rows, 20,000 rows/s, 3.0 MB/s, about 3 s left");

        progress("artists", Map.of("phase", "READING", "rows", 95_000, "expectedRows", 90_000, "millis", 5_000));
        assertThat(loads.statuses(BOTH))
                .extracting(LoadStatus::text)
                .containsExactly("public.artists: 95,000 rows, 19,000 rows/s, 0.0 MB/s");

        progress("artists", Map.of("phase", "FAILED", "message", "Cannot read."));
        assertThat(loads.statuses(BOTH))
                .extracting(LoadStatus::text)
                .containsExactly("public.artists: is tried again; Cannot read.");
    }

    @Test
    void cancelledLoadsLetTheirTablesGoOn() throws IOException {
        loads.add(BOTH, READER);

        assertThat(loads.cancel(BOTH)).containsExactly("public.artists", "public.artworks");

        assertThat(loads.isPending()).isFalse();
        try (var files = Files.list(folder.resolve("loads"))) {
            assertThat(files).isEmpty();
        }
    }

    private static CapturedTable captured(String name, TableType... types) {
        return new CapturedTable(
                Tables.table("public", name, "id"), Tables.entry("public." + name, List.of(), List.of(), null, types));
    }

    private Map<String, Object> request(String target) throws IOException {
        return JSON.std.mapFrom(Files.readString(folder.resolve("loads/" + target + ".request")));
    }

    private void over(String target, String phase) throws IOException {
        progress(target, Map.of("phase", phase));
        Files.delete(folder.resolve("loads/" + target + ".request"));
    }

    private void progress(String target, Map<String, Object> fields) throws IOException {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("id", request(target).get("id"));
        Files.writeString(folder.resolve("loads/" + target + ".progress"), JSON.std.asString(all));
    }
}
