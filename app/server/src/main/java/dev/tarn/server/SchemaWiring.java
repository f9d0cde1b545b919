package dev.tarn.server;

import dev.tarn.collect.capture.Capture;
import dev.tarn.collect.capture.SourceStatus;
import dev.tarn.collect.schema.SchemaCatalog;
import dev.tarn.collect.schema.SchemaRegistry;
import dev.tarn.collect.schema.SchemaUser;
import dev.tarn.collect.schema.SchemaUsers;
import dev.tarn.services.kafka.CollectService;
import dev.tarn.settings.KafkaSettings.ExternalKafka;
import dev.tarn.settings.LakeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells schemas and topics where everything is. */
final class SchemaWiring {
    private SchemaWiring() {}

    static SchemaCatalog catalog(LakeSettings settings, LakeServices services, Capture capture) {
        return new SchemaCatalog(
                settings.directory(),
                new SchemaRegistry(SourceWiring.registry(settings, services), LakeServices.registryLogin(settings)),
                settings.schemas(),
                new SchemaUsers(settings.directory(), () -> tables(capture)));
    }

    static TopicApi.Access access(LakeSettings settings, LakeServices services) {
        return new TopicApi.Access(
                services.find(CollectService.class).orElseThrow().bootstrap(),
                settings.kafka() instanceof ExternalKafka kafka
                        ? kafka.options().reveal()
                        : Map.of(),
                LakeServices.kafkaLibraries(settings),
                SourceWiring.registry(settings, services),
                LakeServices.registryLogin(settings));
    }

    private static Map<String, List<SchemaUser>> tables(Capture capture) {
        Map<String, List<SchemaUser>> tables = new TreeMap<>();
        for (SourceStatus source : capture.statuses()) {
            for (SourceStatus.TableStatus table : source.tables()) {
                List<SchemaUser> fed = tables.computeIfAbsent(table.topic(), topic -> new ArrayList<>());
                table.sinks().stream()
                        .filter(sink -> !sink.type().equals("RAW"))
                        .forEach(sink ->
                                fed.add(new SchemaUser("table", sink.target(), "sources/" + source.name() + ".yaml")));
            }
        }
        return tables;
    }
}
