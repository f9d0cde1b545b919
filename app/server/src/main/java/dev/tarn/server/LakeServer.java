package dev.tarn.server;

import dev.tarn.collect.capture.Capture;
import dev.tarn.collect.schema.SchemaCatalog;
import dev.tarn.services.ExternalWatch;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Leftovers;
import dev.tarn.services.Ports;
import dev.tarn.services.Preflight;
import dev.tarn.services.ProgramHome;
import dev.tarn.services.RestartPolicy;
import dev.tarn.services.Supervisor;
import dev.tarn.services.spark.EngineService;
import dev.tarn.settings.LakeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs one lake from its start until it is asked to stop. */
final class LakeServer {
    private static final System.Logger LOG = System.getLogger(LakeServer.class.getName());

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final ProgramHome home;
    private final LakeDirectory lake;
    private final @Nullable String profile;
    private final boolean newPorts;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    LakeServer(ProgramHome home, LakeDirectory lake, @Nullable String profile, boolean newPorts) {
        this.home = home;
        this.lake = lake;
        this.profile = profile;
        this.newPorts = newPorts;
    }

    /** Returns when the lake has stopped; throws if it cannot start. The caller holds the lake's lock. */
    void run() throws IOException, InterruptedException {
        LakeSettings settings = LakeSettings.load(lake.root(), profile);
        Ports ports = Ports.of(lake);
        if (newPorts) {
            Leftovers.end(lake);
            ports.forget();
        }
        LakeServices services = LakeServices.of(settings, home, lake, ports);
        List<String> adopted = Leftovers.sort(lake, services.embedded());
        Preflight.check(
                lake,
                ports,
                services.embedded(),
                adopted,
                services.external(),
                services.problems(settings, home),
                settings.limits().freeDisk().bytes());
        serve(settings, services, ports);
    }

    private void serve(LakeSettings settings, LakeServices services, Ports ports)
            throws IOException, InterruptedException {
        Supervisor supervisor = new Supervisor(lake, services.embedded(), RestartPolicy.STANDARD);
        ExternalWatch external = new ExternalWatch(services.external());
        LakeReport report = new LakeReport(settings, lake, profile, supervisor, external);
        Capture capture = SourceWiring.capture(settings, services, lake, supervisor);
        SchemaCatalog schemas = SchemaWiring.catalog(settings, services, capture);
        EngineClient engine = new EngineClient(services.find(EngineService.class), supervisor);
        try (external;
                LakeApi api = LakeApi.start(
                        lake,
                        ports,
                        new LakeApi.Parts(
                                report,
                                supervisor,
                                capture,
                                engine,
                                new SchemaApi(schemas),
                                new TopicApi(SchemaWiring.access(settings, services), schemas)),
                        stopAsked::countDown)) {
            // TERM and Ctrl-C end the services in good order too.
            Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndAwait, "stop-lake"));
            external.start();
            try {
                supervisor.start();
                capture.start();
                LOG.log(System.Logger.Level.INFO, "lake '" + settings.name() + "' starts; its API is at " + api.url());
                stopAsked.await();
            } finally {
                report.stopping();
                stop(capture, supervisor);
            }
            LOG.log(System.Logger.Level.INFO, "lake '" + settings.name() + "' has stopped");
        } finally {
            stopped.countDown();
        }
    }

    private static void stop(Capture capture, Supervisor supervisor) throws InterruptedException {
        try {
            capture.close();
        } finally {
            supervisor.stop();
        }
    }

    private void stopAndAwait() {
        stopAsked.countDown();
        try {
            if (!stopped.await(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "services have not ended in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
