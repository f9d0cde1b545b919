package dev.tarn.services;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The loopback ports of one lake: chosen free at its first start, kept in {@code .tarn/ports.properties} from then on. */
public final class Ports {
    // Below the range from which Linux and macOS take ports for outgoing connections, or such a connection could hold
    // a lake's port at its next start.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private final Path file;
    private final Properties ports = new Properties();
    /** Purposes whose ports were chosen for this very start: no client knows them yet. */
    private final Set<String> fresh = new HashSet<>();

    private Ports(Path file) {
        this.file = file;
    }

    /** The ports of this lake, as far as they have been chosen. */
    public static Ports of(LakeDirectory lake) {
        Ports ports = new Ports(lake.state().resolve("ports.properties"));
        if (Files.exists(ports.file)) {
            try (Reader reader = Files.newBufferedReader(ports.file)) {
                ports.ports.load(reader);
            } catch (MalformedInputException e) {
                throw ports.unusable("it is no text in UTF-8", e);
            } catch (IllegalArgumentException e) {
                throw ports.unusable("it has a \\u without four digits", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ports;
    }

    /** The file that holds them. */
    public Path file() {
        return file;
    }

    /** The port that the lake uses for this purpose: the kept one, or a free one that is kept from now on. */
    public synchronized int port(String purpose) {
        String kept = ports.getProperty(purpose);
        if (kept != null) {
            return parse(purpose, kept);
        }
        int port = choose();
        ports.setProperty(purpose, Integer.toString(port));
        fresh.add(purpose);
        save();
        return port;
    }

    private int parse(String purpose, String text) {
        try {
            int port = Integer.parseInt(text.trim());
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw unusable(notAPort(purpose, text), e);
        }
        throw unusable(notAPort(purpose, text), null);
    }

    private static String notAPort(String purpose, String text) {
        return "'" + purpose + "' is '" + text + "', which is no number from 1 to 65535";
    }

    private TarnException unusable(String reason, @Nullable Exception cause) {
        return new TarnException(
                ErrorKind.USER,
                "PORTS_INVALID",
                "Cannot use the ports in '" + file + "': " + reason
                        + ". Correct it, or delete the file to choose anew.",
                cause);
    }

    /**
     * The refusal to start what needs a port that another program has.
     *
     * @param who the words after "Cannot start"
     */
    public TarnException taken(String who, int port, @Nullable Exception cause) {
        String holder = PortHolder.find(port).orElse("another program");
        return new TarnException(
                ErrorKind.EXTERNAL,
                "PORT_TAKEN",
                "Cannot start " + who + ": port " + port + " on 127.0.0.1 is taken by " + holder
                        + ". End that program, or let Tarn choose other ports: tarn up --new-ports. (The lake's ports are"
                        + " in '" + file + "'.)",
                cause);
    }

    /** Forgets all choices; the next question for a port chooses anew. */
    public synchronized void forget() {
        ports.clear();
        fresh.clear();
        save();
    }

    /** Whether this port was chosen for this very start, so that another one would do as well. */
    public synchronized boolean isFresh(int port) {
        return fresh.stream().anyMatch(purpose -> Integer.toString(port).equals(ports.getProperty(purpose)));
    }

    /** Whether somebody else listens on a port that was chosen for this very start. */
    public boolean isLost(int port) {
        return isFresh(port) && !isFree(port);
    }

    /** From now on clients know this port, and no other one will do. */
    public synchronized void settle(int port) {
        fresh.removeIf(purpose -> Integer.toString(port).equals(ports.getProperty(purpose)));
    }

    /** Forgets the choices of this very start; the next question for one of those ports chooses anew. */
    public synchronized void forgetFresh() {
        fresh.forEach(ports::remove);
        fresh.clear();
        save();
    }

    /** Whether nobody listens on this port of the loopback interface. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private int choose() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!ports.containsValue(Integer.toString(port)) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    private void save() {
        StringWriter text = new StringWriter();
        text.append(
                "# Loopback ports of this lake. Change one while the lake is down, or delete the file to choose anew.\n");
        ports.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> text.append(name)
                        .append('=')
                        .append(ports.getProperty(name))
                        .append('\n'));
        PrivateFile.write(file, text.toString());
    }
}
