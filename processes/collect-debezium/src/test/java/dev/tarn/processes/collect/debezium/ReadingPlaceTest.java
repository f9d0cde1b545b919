package dev.tarn.processes.collect.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.processes.collect.debezium.ReadingPlace.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingPlaceTest {
    private static final Optional<Seen> LAST = Optional.of(new Seen("7001", 1_000, 500));

    private String status = "reserved";
    private String database = "shop";
    private long confirmed = 1_000;
    private long end = 5_000;
    private String system = "7001";
    private long decoded = 500;

    private Optional<String> obstacle(Optional<Seen> last) {
        return new ReadingPlace(
                        "tarn_lake_shop",
                        status.isEmpty() ? null : status,
                        database,
                        database.equals("shop"),
                        confirmed,
                        end,
                        system,
                        decoded)
                .obstacle(last);
    }

    @Test
    void slotThatStandsWhereItWasLeftIsReadOn() {
        assertThat(obstacle(LAST)).isEmpty();
        assertThat(obstacle(Optional.empty())).isEmpty();
    }

    @Test
    void slotThatItsReaderMovedAfterTheLastLookIsReadOn() {
        confirmed = 3_000;
        decoded = 900;

        assertThat(obstacle(LAST)).isEmpty();
    }

    @Test
    void slotOfAServerThatLostItsCountsIsReadOnWhereItWasLeft() {
        decoded = 0;

        assertThat(obstacle(LAST)).isEmpty();
    }

    @Test
    void slotThatIsGoneOrInvalidIsNotReadOn() {
        status = "";
        assertThat(obstacle(LAST))
                .hasValue("Cannot read on from replication slot 'tarn_lake_shop': it is gone. What changed since it was"
                        + " last read is not in it any more, so all tables of the source are loaded again."
                        + " [SLOT_LOST]");
        status = "lost";
        assertThat(obstacle(LAST).orElseThrow())
                .contains("the server has removed log that it still needed (its wal_status is 'lost')")
                .endsWith("[SLOT_LOST]");
    }

    @Test
    void slotThatWasMadeAnewWhileNobodyReadItIsNotReadOn() {
        confirmed = 3_000;
        decoded = 20;

        assertThat(obstacle(LAST).orElseThrow())
                .contains("it was made anew while nobody read it")
                .endsWith("[SLOT_LOST]");
    }

    @Test
    void slotOfAnotherDatabaseIsLeftAlone() {
        database = "bank";

        assertThat(obstacle(LAST).orElseThrow())
                .contains("it belongs to database 'bank' now")
                .endsWith("[SLOT_TAKEN]");
    }

    @Test
    void otherServerOrOlderLogIsRefusedWhateverItsSlotSays() {
        system = "7002";
        assertThat(obstacle(LAST).orElseThrow())
                .contains("it is another server: its system identifier is 7002, and was 7001")
                .endsWith("[SOURCE_REPLACED]");
        system = "7001";
        end = 0x3E7;
        status = "";
        assertThat(obstacle(LAST).orElseThrow())
                .contains("its log ends at 0/3E7, before 0/3E8, up to which it was read: a backup was put back")
                .endsWith("[SOURCE_REPLACED]");
    }

    @Test
    void serverThatDoesNotTellItsIdentifierIsJudgedByTheRest() {
        system = "";

        assertThat(obstacle(LAST)).isEmpty();
    }

    @Test
    void whatWasSeenIsReadFromItsFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("shop.slot");
        assertThat(Seen.read(file)).isEmpty();

        Files.writeString(file, "#Tue Dec 01\nsystem=7001\nconfirmed=1000\ndecoded=500\n");

        assertThat(Seen.read(file)).isEqualTo(LAST);
    }
}
