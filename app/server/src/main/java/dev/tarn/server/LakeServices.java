package dev.tarn.server;

import dev.tarn.collect.debezium.SourceSecrets;
import dev.tarn.model.TarnException;
import dev.tarn.services.ExternalService;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.ObjectStoreLibraries;
import dev.tarn.services.Ports;
import dev.tarn.services.ProgramHome;
import dev.tarn.services.Service;
import dev.tarn.services.kafka.CollectService;
import dev.tarn.services.postgres.PostgresService;
import dev.tarn.services.registry.RegistryService;
import dev.tarn.services.spark.EngineService;
import dev.tarn.services.spark.SqlLimits;
import dev.tarn.services.spark.StreamServices;
import dev.tarn.settings.CatalogSettings.ExternalCatalog;
import dev.tarn.settings.EngineSettings.ExternalEngine;
import dev.tarn.settings.EngineSettings.NoEngine;
import dev.tarn.settings.KafkaSettings.ExternalKafka;
import dev.tarn.settings.LakeSettings;
import dev.tarn.settings.RegistrySettings.ExternalRegistry;
import dev.tarn.settings.StorageSettings.DirectoryStorage;
import dev.tarn.settings.StorageSettings.ObjectStorage;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a lake asks for, as services: those that we run and those that run elsewhere.
 *
 * @param embedded in the order in which they are shown; the last is stopped first
 * @param external what must be reachable
 */
record LakeServices(List<Service> embedded, List<ExternalService> external) {
    LakeServices {
        embedded = List.copyOf(embedded);
        external = List.copyOf(external);
    }

    /** The service of a class, if the lake runs it itself. */
    <S extends Service> Optional<S> find(Class<S> type) {
        return embedded.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    static LakeServices of(LakeSettings settings, ProgramHome home, LakeDirectory lake, Ports ports) {
        List<Service> embedded = new ArrayList<>();
        List<ExternalService> external = new ArrayList<>();
        SourceDatabases databases = SourceDatabases.of(settings);
        if (!databases.embedded().isEmpty()) {
            embedded.add(new PostgresService(home, lake, ports, databases.embedded()));
        }
        external.addAll(databases.external());

        // Before collect, which asks it to the last: services end in reverse order.
        if (settings.registry() instanceof ExternalRegistry registry) {
            external.add(new ExternalService("registry", registry.url().toString(), "'registry' in lake.yaml"));
        } else {
            embedded.add(new RegistryService(
                    home, lake, ports, settings.memory().registry().bytes()));
        }

        Optional<CollectService.ExternalBroker> broker = Optional.empty();
        if (settings.kafka() instanceof ExternalKafka kafka) {
            broker = Optional.of(new CollectService.ExternalBroker(
                    kafka.bootstrap(), kafka.options().reveal(), kafkaLibraries(settings)));
            external.add(new ExternalService("kafka", kafka.bootstrap(), "'kafka' in lake.yaml"));
        }
        CollectService collect = new CollectService(
                home,
                lake,
                ports,
                settings.name(),
                broker,
                SourceSecrets.environment(settings.sources(), registryLogin(settings), storageOptions(settings)),
                settings.memory().collect().bytes());
        embedded.add(collect);

        Optional<String> metastore = Optional.empty();
        if (settings.catalog() instanceof ExternalCatalog catalog) {
            metastore = Optional.of(catalog.metastore().toString());
            external.add(new ExternalService("metastore", catalog.metastore().toString(), "'catalog' in lake.yaml"));
        }
        if (!(settings.engine() instanceof NoEngine)) {
            String master = "local[*]";
            if (settings.engine() instanceof ExternalEngine engine) {
                master = engine.spark().toString();
                external.add(new ExternalService("spark", master, "'engine' in lake.yaml"));
            }
            embedded.add(new EngineService(
                    home,
                    lake,
                    ports,
                    master,
                    metastore,
                    warehouse(settings, lake),
                    storageOptions(settings).reveal(),
                    new SqlLimits(settings.sql().timeout(), settings.sql().maxRows()),
                    new StreamServices(
                            collect.bootstrap(),
                            broker.map(CollectService.ExternalBroker::options).orElse(Map.of()),
                            kafkaLibraries(settings),
                            registryUrl(settings, embedded),
                            Optional.ofNullable(registryLogin(settings))
                                    .map(login -> login.user() + ":"
                                            + login.password().reveal())),
                    settings.memory().engine().bytes()));
        }
        return new LakeServices(embedded, external);
    }

    /** Who we are for a registry elsewhere; null if it asks for nobody, or is ours. */
    static @Nullable Login registryLogin(LakeSettings settings) {
        return settings.registry() instanceof ExternalRegistry registry ? registry.login() : null;
    }

    /** Folders under {@code lib/} that a Kafka client needs besides its own. */
    static List<String> kafkaLibraries(LakeSettings settings) {
        return settings.kafka() instanceof ExternalKafka kafka && kafka.iam() ? List.of("kafka-iam") : List.of();
    }

    private static String registryUrl(LakeSettings settings, List<Service> embedded) {
        return settings.registry() instanceof ExternalRegistry registry
                ? registry.url().toString()
                : embedded.stream()
                        .filter(RegistryService.class::isInstance)
                        .map(service -> ((RegistryService) service).url())
                        .findFirst()
                        .orElseThrow();
    }

    /** What of the settings this installation cannot do, besides what the services say themselves. */
    List<TarnException> problems(LakeSettings settings, ProgramHome home) {
        if (!(settings.storage() instanceof ObjectStorage objects)) {
            return List.of();
        }
        List<String> folders = new ArrayList<>(List.of("plugins/lake-sink", "plugins/raw-sink"));
        find(EngineService.class).ifPresent(engine -> folders.add("lib/engine"));
        return ObjectStoreLibraries.problem(home, objects.url().toString(), folders).stream()
                .toList();
    }

    /** Options of the object store; none for another place. */
    static Options storageOptions(LakeSettings settings) {
        return settings.storage() instanceof ObjectStorage objects ? objects.options() : Options.none();
    }

    /** Where tables and raw files lie. */
    static String warehouse(LakeSettings settings, LakeDirectory lake) {
        if (settings.storage() instanceof ObjectStorage objects) {
            return objects.url().toString();
        }
        return settings.storage() instanceof DirectoryStorage folder
                ? folder.directory().toString()
                : lake.data("storage").toString();
    }
}
