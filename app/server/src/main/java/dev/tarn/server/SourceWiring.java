package dev.tarn.server;

import dev.tarn.collect.LakePlaces;
import dev.tarn.collect.capture.Capture;
import dev.tarn.collect.capture.LakeServicesView;
import dev.tarn.collect.postgres.DatabaseAddress;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.ServiceProgress;
import dev.tarn.services.ServiceState;
import dev.tarn.services.Supervisor;
import dev.tarn.services.kafka.CollectService;
import dev.tarn.services.postgres.PostgresService;
import dev.tarn.services.registry.RegistryService;
import dev.tarn.services.spark.EngineService;
import dev.tarn.settings.CatalogSettings.ExternalCatalog;
import dev.tarn.settings.CatalogSettings.NoCatalog;
import dev.tarn.settings.LakeSettings;
import dev.tarn.settings.RegistrySettings.ExternalRegistry;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Secret;
import dev.tarn.settings.source.PostgresSettings.EmbeddedPostgres;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import dev.tarn.settings.source.PostgresUrl;
import dev.tarn.settings.source.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;

/** Tells the collecting of sources where everything is. */
final class SourceWiring {
    private static final Set<String> NEEDED = Set.of("postgres", "collect", "registry");

    private SourceWiring() {}

    static Capture capture(LakeSettings settings, LakeServices services, LakeDirectory lake, Supervisor supervisor) {
        CollectService collect = services.find(CollectService.class).orElseThrow();
        return new Capture(
                places(settings, services, lake),
                settings.sources(),
                source -> address(source, services, lake),
                collect.connectUrl(),
                new SupervisedServices(supervisor));
    }

    private static LakePlaces places(LakeSettings settings, LakeServices services, LakeDirectory lake) {
        return new LakePlaces(
                settings.name(),
                LakeServices.warehouse(settings, lake).replaceAll("/+$", ""),
                lake.state().toAbsolutePath(),
                metastore(settings, services),
                registry(settings, services),
                LakeServices.registryLogin(settings),
                LakeServices.storageOptions(settings));
    }

    /** The base address of the registry. */
    static String registry(LakeSettings settings, LakeServices services) {
        return settings.registry() instanceof ExternalRegistry external
                ? external.url().toString().replaceAll("/+$", "")
                : services.find(RegistryService.class).orElseThrow().url();
    }

    private static String metastore(LakeSettings settings, LakeServices services) {
        if (settings.catalog() instanceof NoCatalog) {
            return "";
        }
        return settings.catalog() instanceof ExternalCatalog external
                ? external.metastore().toString()
                : services.find(EngineService.class)
                        .map(EngineService::metastoreUri)
                        .orElse("");
    }

    private static DatabaseAddress address(SourceSettings source, LakeServices services, LakeDirectory lake) {
        if (source.postgres() instanceof ExternalPostgres external) {
            return new DatabaseAddress(external.url(), external::login);
        }
        String database = ((EmbeddedPostgres) source.postgres()).database();
        PostgresService postgres = services.find(PostgresService.class).orElseThrow();
        return new DatabaseAddress(PostgresUrl.parse(postgres.url(database)), () -> embeddedLogin(lake));
    }

    private static Login embeddedLogin(LakeDirectory lake) {
        try {
            return new Login(
                    PostgresService.USER,
                    Secret.of(
                            Files.readString(lake.secrets().resolve("postgres")).trim()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The supervisor, as far as sources need it. */
    private record SupervisedServices(Supervisor supervisor) implements LakeServicesView {
        @Override
        public Optional<String> notReady() {
            return supervisor.progress().stream()
                    .filter(service -> NEEDED.contains(service.name()) && service.state() != ServiceState.HEALTHY)
                    .map(ServiceProgress::name)
                    .findFirst();
        }

        @Override
        public String collectGeneration() {
            return supervisor.progress().stream()
                    .filter(service -> service.name().equals("collect"))
                    .map(service -> service.pid() + "/" + service.restarts())
                    .findFirst()
                    .orElse("");
        }
    }
}
