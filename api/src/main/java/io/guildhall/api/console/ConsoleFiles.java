package io.guildhall.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.infrastructure.encryption.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * The console's scripts, styles and pictures, in memory. A jar has one lock for all readers, so hundreds of requests for files would
 * hold up all other requests.
 */
final class ConsoleFiles extends PathResourceResolver {

    /** The URL path in front of a version and a file's name. */
    static final String PATH = "/console/assets/";

    static final String LOCATION = "classpath:/static/console/";

    private static final int HASH_CHARACTERS = 16;

    private final Map<String, Resource> byName = new TreeMap<>();
    private final String version;

    ConsoleFiles() {
        try {
            MessageDigest all = Sha256.digest();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(LOCATION + "*.*")) {
                byName.put(String.valueOf(file.getFilename()), new ConsoleFile(file, file.getContentAsByteArray()));
            }
            for (Map.Entry<String, Resource> file : byName.entrySet()) {
                all.update(file.getKey().getBytes(UTF_8));
                all.update(file.getValue().getContentAsByteArray());
            }
            version = shown(all.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("The console cannot be read", e);
        }
    }

    /** A file and the hash of its content. */
    private static final class ConsoleFile extends TransformedResource {

        private final String etag;

        ConsoleFile(Resource original, byte[] content) {
            super(original, content);
            this.etag = etagOf(content);
        }
    }

    /** A hash of all files. */
    String version() {
        return version;
    }

    /** The names of the scripts, in order. */
    List<String> scripts() {
        return byName.keySet().stream().filter(name -> name.endsWith(".js")).toList();
    }

    /** Null for a resource that is none of these files. */
    @Nullable String etag(Resource file) {
        return file instanceof ConsoleFile known ? known.etag : null;
    }

    /** Weak, since a compressed reply has other bytes. */
    static String etagOf(byte[] content) {
        return "W/\"" + shown(Sha256.of(content)) + "\"";
    }

    private static String shown(byte[] hash) {
        return HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS);
    }

    @Override
    protected @Nullable Resource getResource(String path, Resource location) {
        return byName.get(path.substring(path.lastIndexOf('/') + 1));
    }
}
