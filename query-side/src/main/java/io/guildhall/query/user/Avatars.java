package io.guildhall.query.user;

import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * URLs of avatars: {@code <public-url>/avatars/<initials>-<start of the user's id>.svg}. The URL reveals only the
 * initials, {@code x} for an erased user or a name without letters.
 */
@Component
public class Avatars {

    private static final String NO_INITIALS = "x";
    private static final int ID_DIGITS = 8;

    private final String base;

    Avatars(PublicUrl url) {
        this.base = url.value().toString().replaceAll("/+$", "") + "/avatars/";
    }

    String of(UUID user, String name) {
        return base + initials(name) + "-" + user.toString().substring(0, ID_DIGITS) + ".svg";
    }

    String ofErased(UUID user) {
        return of(user, "");
    }

    private static String initials(String name) {
        String[] words = Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9\\s]", "")
                .strip()
                .split("\\s+");
        String first = firstLetter(words[0]);
        String last = words.length == 1 ? "" : firstLetter(words[words.length - 1]);
        return first.isEmpty() ? NO_INITIALS : first + last;
    }

    private static String firstLetter(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1);
    }
}
