package dev.tarn.services;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks an HTTP address whether it serves. */
public final class HttpProbe {
    private static final int LIMIT_MILLIS = 1_500;

    private HttpProbe() {}

    /** Whether a GET of this address is answered with 200 within a second and a half. */
    public static boolean answers(String url) {
        try {
            return status(url) == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** The status that a GET of this address is answered with. */
    static int status(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        try {
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
