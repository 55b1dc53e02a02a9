"""One structure from many sightings: names, codes and claims that agree."""
