package dev.tarn.server;

import dev.tarn.collect.capture.Capture;
import dev.tarn.collect.schema.SchemaCatalog;
import dev.tarn.model.TarnException;
import dev.tarn.services.ExternalWatch;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Leftovers;
import dev.tarn.services.PortRace;
import dev.tarn.services.Ports;
import dev.tarn.services.Preflight;
import dev.tarn.services.ProgramHome;
import dev.tarn.services.RestartPolicy;
import dev.tarn.services.Service;
import dev.tarn.services.Supervisor;
import dev.tarn.services.spark.EngineService;
import dev.tarn.settings.LakeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs one lake from its start until it is asked to stop. */
final class LakeServer {
    private static final System.Logger LOG = System.getLogger(LakeServer.class.getName());

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final int MAX_STARTS = 5;

    private final ProgramHome home;
    private final LakeDirectory lake;
    private final @Nullable String profile;
    private final boolean newPorts;
    private final AtomicBoolean stopAsked = new AtomicBoolean();
    private final AtomicBoolean portLost = new AtomicBoolean();
    /** Released when one of the two above may have become true. */
    private final Semaphore wake = new Semaphore(0);
    /** Opens the API, however often it starts. */
    private final String token = LakeApi.newToken();

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
        // TERM and Ctrl-C end the services in good order too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndAwait, "stop-lake"));
        try {
            for (int start = 1; runOnce(settings, ports, start) == Outcome.PORT_LOST; start++) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "another program took a port that was chosen for this start; choosing others");
                ports.forgetFresh();
            }
        } finally {
            stopped.countDown();
        }
    }

    /** How a start and what followed it have ended. */
    private enum Outcome {
        STOPPED,
        /** Somebody else has taken a port that was chosen for this very start; all that had started has been stopped. */
        PORT_LOST
    }

    /** Starts all and returns when all has stopped. The last start throws where the ones before it lose a port. */
    private Outcome runOnce(LakeSettings settings, Ports ports, int start) throws IOException, InterruptedException {
        LakeServices services = LakeServices.of(settings, home, lake, ports);
        List<String> adopted = Leftovers.sort(lake, services.embedded());
        portLost.set(false);
        PortRace race = new PortRace(ports, () -> {
            portLost.set(start < MAX_STARTS);
            wake.release();
            return portLost.get();
        });
        List<Service> toStart = services.embedded().stream()
                .filter(service -> !adopted.contains(service.name()))
                .toList();
        try {
            Preflight.check(
                    lake,
                    ports,
                    services.embedded(),
                    adopted,
                    services.external(),
                    services.problems(settings, home),
                    settings.limits().freeDisk().bytes());
            if (!stopAsked.get()) {
                serve(settings, services, ports, race);
            }
        } catch (TarnException e) {
            if (start < MAX_STARTS && (race.isLost(toStart) || ports.isLost(ports.port(LakeApi.PORT)))) {
                LOG.log(System.Logger.Level.INFO, "start " + start + " lost a port", e);
                return Outcome.PORT_LOST;
            }
            throw e;
        }
        return portLost.get() && !stopAsked.get() ? Outcome.PORT_LOST : Outcome.STOPPED;
    }

    private void serve(LakeSettings settings, LakeServices services, Ports ports, PortRace race)
            throws IOException, InterruptedException {
        RestartPolicy restarts = RestartPolicy.fromPause(settings.limits().restartPause());
        Supervisor supervisor = new Supervisor(lake, services.embedded(), restarts, race);
        ExternalWatch external = new ExternalWatch(services.external());
        LakeReport report = new LakeReport(settings, lake, profile, supervisor, external, portLost::get);
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
                        token,
                        this::askToStop)) {
            external.start();
            try {
                supervisor.start();
                capture.start();
                LOG.log(System.Logger.Level.INFO, "lake '" + settings.name() + "' starts; its API is at " + api.url());
                while (!stopAsked.get() && !portLost.get()) {
                    wake.acquire();
                }
            } finally {
                if (stopAsked.get()) {
                    report.stopping();
                }
                stop(capture, supervisor);
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "lake '" + settings.name() + "' has stopped" + (portLost.get() ? ", to start anew" : ""));
        }
    }

    private void askToStop() {
        stopAsked.set(true);
        wake.release();
    }

    private static void stop(Capture capture, Supervisor supervisor) throws InterruptedException {
        try {
            capture.close();
        } finally {
            supervisor.stop();
        }
    }

    private void stopAndAwait() {
        askToStop();
        try {
            if (!stopped.await(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "services have not ended in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
