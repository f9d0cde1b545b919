package dev.tarn.collect.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.Tables;
import dev.tarn.collect.connect.AvroConverters;
import dev.tarn.collect.debezium.DebeziumConnector;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Secret;
import dev.tarn.settings.source.PostgresUrl;
import dev.tarn.settings.source.SourceSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectLoadingTest {
    @Test
    void rowsGoStraightWhereNothingChangesWhatComesOut() {
        SourceSettings tuned = source(Map.of("max.batch.size", "100", "slot.drop.on.stop", "true"));

        assertThat(DirectLoading.isOf(tuned)).isTrue();
        assertThat(snapshotMode(tuned)).isEqualTo("no_data");
    }

    @Test
    void optionThatChangesValuesSendsRowsThroughKafka() {
        SourceSettings masked = source(Map.of("poll.interval.ms", "10", "column.mask.with.4.chars", "public.a.b"));

        assertThat(DirectLoading.isOf(masked)).isFalse();
        assertThat(DirectLoading.obstacle(masked)).contains("column.mask.with.4.chars");
        assertThat(snapshotMode(masked)).isEqualTo("initial");
    }

    @Test
    void modeOfTheUserHolds() {
        assertThat(snapshotMode(source(Map.of("snapshot.mode", "never")))).isEqualTo("never");
    }

    private static SourceSettings source(Map<String, String> options) {
        return Tables.source(Tables.EMBEDDED, options, Set.of(), Tables.entry("public.artists"));
    }

    private static String snapshotMode(SourceSettings source) {
        LakePlaces places = Tables.places();
        return DebeziumConnector.settings(
                        places,
                        source,
                        PostgresUrl.parse("jdbc:postgresql://h:1/moma"),
                        new Login("tarn", Secret.of("hush")),
                        List.of(),
                        AvroConverters.settings(places))
                .getOrDefault("snapshot.mode", "");
    }
}
