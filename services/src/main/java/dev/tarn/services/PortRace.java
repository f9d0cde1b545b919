package dev.tarn.services;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Two lakes that start at once may choose the same port: it is free until one of them listens. Who comes second chooses
 * anew, as long as no client can know the port yet.
 */
public final class PortRace implements ServiceListener {
    private final Ports ports;
    private final BooleanSupplier lost;
    /** Whether the ports of this start will be chosen anew. */
    private volatile boolean startsAnew;

    /**
     * @param lost asked when another program has a port that was chosen for this very start, perhaps more than once; answers
     *     whether all is started anew
     */
    public PortRace(Ports ports, BooleanSupplier lost) {
        this.ports = ports;
        this.lost = lost;
    }

    /** Whether somebody else has a fresh port of one of these services, none of which runs. */
    public boolean isLost(List<Service> services) {
        return services.stream().anyMatch(this::isLost);
    }

    private boolean isLost(Service service) {
        return service.ports().stream().anyMatch(ports::isLost);
    }

    @Override
    public void served(Service service) {
        service.ports().forEach(ports::settle);
    }

    @Override
    public void gaveUp(Service service) {
        // Whoever tries it again later must not move the ports of services that clients use by then. One that goes on
        // failing while the others are stopped for a new start must not keep the port that it has lost.
        if (!startsAnew) {
            service.ports().forEach(ports::settle);
        }
    }

    @Override
    public void endedBeforeItServed(Service service) {
        if (isLost(service) && lost.getAsBoolean()) {
            startsAnew = true;
        }
    }
}
