package io.guildhall.domain;

import io.guildhall.domain.shared.PersonalDataCipher;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encrypts in a readable form that shows the subject, and records erased subjects. */
public final class TransparentPersonalData implements PersonalDataCipher {

    private final Set<UUID> forgottenSubjects = new HashSet<>();
    private final Set<String> forgottenAddresses = new HashSet<>();

    /** Copies the erasures of another instance. */
    void become(TransparentPersonalData other) {
        forgottenSubjects.clear();
        forgottenSubjects.addAll(other.forgottenSubjects);
        forgottenAddresses.clear();
        forgottenAddresses.addAll(other.forgottenAddresses);
    }

    public static String sealed(UUID subject, String clear) {
        return "sealed(%s,%s)".formatted(subject, clear);
    }

    public static String hashed(String email) {
        return "hash:" + email;
    }

    @Override
    public String seal(UUID subject, String clear) {
        return sealed(subject, clear);
    }

    @Override
    public String encryptEmail(UUID subject, UUID organization, String emailHash, String clear) {
        return sealed(subject, clear);
    }

    @Override
    public @Nullable String open(UUID subject, @Nullable String sealed) {
        if (sealed == null || hasForgotten(subject)) {
            return null;
        }
        String front = sealed(subject, "");
        front = front.substring(0, front.length() - 1);
        if (!sealed.startsWith(front)) {
            throw new IllegalArgumentException("Not sealed for " + subject + ": " + sealed);
        }
        return sealed.substring(front.length(), sealed.length() - 1);
    }

    @Override
    public String emailHash(String email) {
        return hashed(email);
    }

    @Override
    public void forget(UUID subject, @Nullable String emailHash) {
        forgottenSubjects.add(subject);
        if (emailHash != null) {
            forgottenAddresses.add(emailHash);
        }
    }

    public boolean hasForgotten(UUID subject) {
        return forgottenSubjects.contains(subject);
    }

    public Set<String> forgottenAddresses() {
        return Set.copyOf(forgottenAddresses);
    }
}
