package dev.tarn.server;

import dev.tarn.services.ExternalService;
import dev.tarn.settings.LakeSettings;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import dev.tarn.settings.source.SourceSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The databases that a lake's sources read.
 *
 * @param embedded names of databases in the embedded PostgreSQL; empty if none is needed
 * @param external databases that run elsewhere
 */
record SourceDatabases(List<String> embedded, List<ExternalService> external) {
    SourceDatabases {
        embedded = List.copyOf(embedded);
        external = List.copyOf(external);
    }

    static SourceDatabases of(LakeSettings settings) {
        List<String> embedded = new ArrayList<>();
        List<ExternalService> external = new ArrayList<>();
        for (SourceSettings source : settings.sources()) {
            if (source.postgres() instanceof EmbeddedPostgres postgres) {
                embedded.add(postgres.database());
            } else if (source.postgres() instanceof ExternalPostgres postgres) {
                external.add(new ExternalService(
                        "source '" + source.name() + "'",
                        postgres.url().host() + ":" + postgres.url().port(),
                        "'postgres' in sources/" + source.name() + ".yaml"));
            }
        }
        return new SourceDatabases(embedded.stream().distinct().toList(), external);
    }
}
