package dev.tarn.services;

import java.util.List;

/**
 * Two lakes that start at once may choose the same port: it is free until one of them listens. Who comes second chooses
 * anew, as long as no client can know the port yet.
 */
public final class PortRace implements ServiceListener {
    private final Ports ports;
    private final Runnable lost;

    /** @param lost run when another program has a port that was chosen for this very start; perhaps more than once */
    public PortRace(Ports ports, Runnable lost) {
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
        // Whoever tries it again later must not move the ports of services that clients use by then.
        service.ports().forEach(ports::settle);
    }

    @Override
    public void endedBeforeItServed(Service service) {
        if (isLost(service)) {
            lost.run();
        }
    }
}
