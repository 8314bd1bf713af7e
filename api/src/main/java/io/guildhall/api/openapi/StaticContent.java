package io.guildhall.api.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.util.DigestUtils;

/**
 * Content that is the same for every caller, compressed once.
 *
 * @param etag weak, because the compressed content has other bytes
 */
record StaticContent(byte[] plain, byte[] compressed, String etag) {

    static final String GZIP = "gzip";

    static StaticContent of(byte[] content) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StaticContent(
                content, compressed.toByteArray(), "W/\"" + DigestUtils.md5DigestAsHex(content) + "\"");
    }

    /** Whether the client reads gzip. A weight of 0 means that it does not. */
    static boolean acceptsGzip(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null
                && Arrays.stream(accepted.split(","))
                        .map(String::strip)
                        .anyMatch(coding -> coding.matches("(?i)gzip(\\s*;\\s*q=(1(\\.0*)?|0?\\.0*[1-9][0-9]*))?"));
    }
}
