package io.guildhall.api.operator;

/** Why a command at a shell did not work, in a sentence for whoever typed it. */
final class ServiceFailure extends RuntimeException {

    ServiceFailure(String sentence) {
        super(sentence, null, false, false);
    }
}
