"""What is read from the records, by the verbs of the field; SQL for people, petitions, complaints and holidays."""
